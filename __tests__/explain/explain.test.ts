import { type ExplainOptions, explain } from "../../lib/explain/explain";
import { printAnswers, printAnswersAsJson } from "../../lib/explain/print";
import {
  access,
  alice,
  aliceDeploys,
  BOB,
  fileWith,
  HOST,
  inShort,
  ORGANIZATION,
  only,
  refusalOf,
  WEBSITE,
} from "./asked";

describe("one person, one role, one ref: allowed, and the most similar denied request with its reason", () => {
  test.each<[what: string, change: ExplainOptions, decision: string, reason: string]>([
    ["a listed branch", {}, "allow", "alice may assume website/deploy from main"],
    ["a branch that a pattern lists", { branch: "release/1" }, "allow", "from release/1"],
    [
      "a branch that is not listed",
      { branch: "mainx" },
      "deny",
      "mainx is not an allowed ref (allowed: main, release/*, tag v1)",
    ],
    ["a listed tag", { tag: "v1" }, "allow", "from tag v1"],
    ["a branch of a tag's name", { branch: "v1" }, "deny", "v1 is not an allowed ref"],
    ["another person", { person: "bob" }, "deny", "only alice may assume website/deploy"],
    ["a person by user id", { person: BOB }, "deny", "only alice may"],
    ["a user who is not in the file", { person: ORGANIZATION }, "deny", "only alice may"],
    [
      "a fork",
      { origin: "github.com/bob/website" },
      "deny",
      "from github.com/bob/website, not from github.com/acme/website",
    ],
    ["a webhook", { webhook: true }, "deny", "names no branch"],
    [
      "another project's job",
      { project: "shop" },
      "deny",
      "the job belongs to another project, not to website",
    ],
  ])("%s", (_, change, decision, reason) => {
    const isElsewhere = change.tag !== undefined || change.webhook === true;
    const answer = only({ ...(isElsewhere ? aliceDeploys : alice), ...change });
    expect(answer.decision).toBe(decision);
    expect(answer.reason).toContain(reason);
  });

  test("a webhook's job, from any ref of the repository: its token names no repository", () => {
    const { decision, reason } = only({ person: "bob", role: "preview", webhook: true });
    expect(decision).toBe("deny");
    expect(reason).toContain("names no repository");
  });
});

test("without a branch: the refs that it depends on, any ref, or why every ref is denied", () => {
  const [deploy, preview, other] = [
    only({ person: "alice", role: "website/deploy" }),
    only({ person: "bob", role: "preview" }),
    only({ person: "bob", role: "website/deploy" }),
  ];
  expect([deploy.decision, deploy.from, deploy.dependsOn]).toEqual([
    "unknown",
    "main, release/*, tag v1",
    ["branch or tag"],
  ]);
  expect([preview.decision, preview.from]).toEqual(["allow", "any ref"]);
  expect([other.decision, other.reason]).toEqual(["deny", "only alice may assume website/deploy"]);
});

test("without a person: each person, everyone else, and every role", () => {
  const answers = explain(() => access, {});
  expect(inShort(answers)).toEqual({
    "alice shop-deploy": "deny",
    "bob shop-deploy": "unknown",
    "everyone else shop-deploy": "deny",
    "alice website-deploy": "unknown",
    "bob website-deploy": "deny",
    "everyone else website-deploy": "deny",
    "alice website-preview": "allow",
    "bob website-preview": "allow",
    "everyone else website-preview": "allow",
  });
  const text = printAnswers(answers);
  expect(text).toMatch(/alice +│ – +│ main, release\/\*, tag v1 │ any ref/);
  // A narrow terminal gets the people of each role; a narrower one gets the sentences only.
  const narrow = printAnswers(answers, 60);
  expect(narrow).toMatch(/website-deploy +│ alice: main, release\/\*, tag v1 +│/);
  expect(narrow).toMatch(/website-preview +│ everyone: any ref +│/);
  for (const columns of [60, 80])
    for (const line of printAnswers(answers, columns)
      .split("\n")
      .filter((one) => /[│─]/.test(one)))
      expect([...line].length).toBeLessThanOrEqual(columns);
  const narrowest = printAnswers(answers, 40);
  expect(narrowest).not.toContain("│");
  expect(narrowest).toContain("alice → website-preview: ");
});

test("a role is given by its key, its IAM name, or with its project; a key of several roles asks about all of them", () => {
  expect(Object.keys(inShort(explain(() => access, { ...alice, role: "deploy" })))).toEqual([
    "alice shop-deploy",
    "alice website-deploy",
  ]);
  expect(only({ ...alice, role: "website-deploy" }).role).toBe("website-deploy");
  expect(only({ ...alice, role: "deploy", project: "website" }).role).toBe("website-deploy");
});

describe("a token", () => {
  const claims = {
    iss: `https://${HOST}`,
    aud: ORGANIZATION,
    sub: `org/${ORGANIZATION}/project/${WEBSITE}/user/${BOB}/vcs-origin/github.com/acme/website/vcs-ref/refs/heads/main`,
    exp: 1,
  };
  const jwt = ["{}", JSON.stringify(claims), "no signature"]
    .map((part) => Buffer.from(part).toString("base64url"))
    .join(".");

  test.each([
    ["as a JWT", jwt],
    ["as its claims", JSON.stringify(claims)],
  ])("%s, for every role", (_, text) => {
    expect(inShort(explain(() => access, { token: fileWith(text) }))).toEqual({
      "shop-deploy": "deny",
      "website-deploy": "deny",
      "website-preview": "allow",
    });
  });

  test("of another organization's issuer, of another audience, of audit logs, without a subject", () => {
    const verdictOf = (change: object) => {
      const { decision, reason } = only({ role: "preview", token: fileWith({ ...claims, ...change }) });
      return [decision, reason];
    };
    const other = "https://oidc.circleci.com/org/11111111-0d5b-4a52-9e7d-0c6f0b7a1d11";
    expect(verdictOf({ iss: other })).toEqual(["deny", expect.stringContaining("from another issuer")]);
    expect(verdictOf({ aud: "other" })).toEqual(["deny", expect.stringContaining("the audience is other")]);
    expect(verdictOf({ sub: `org/${ORGANIZATION}/file-streaming/audit-logs` })).toEqual([
      "deny",
      expect.stringContaining("audit log streaming"),
    ]);
    expect(verdictOf({ sub: undefined })).toEqual([
      "deny",
      expect.stringContaining("not a valid CircleCI subject"),
    ]);
  });

  test.each(["", "{}", "a.b.c", "[]", '{"iss":1}', '{"iss":"http://x"}'])("%j is invalid", (text) => {
    const error = refusalOf({ token: fileWith(text) });
    expect([error.code, error.exitCode]).toEqual(["token-not-read", 2]);
  });
});

describe("an invalid call ends with 2", () => {
  test.each<[ExplainOptions, code: string, fix: string]>([
    [{ person: "alcie" }, "unknown-person", 'did you mean "alice"?'],
    [{ project: "web-site" }, "unknown-project", 'did you mean "website"?'],
    [{ role: "deplyo" }, "unknown-role", 'did you mean "deploy"?'],
    [{ branch: "main", tag: "v1" }, "wrong-call", "use one of them"],
    [{ branch: "release/*" }, "wrong-call", "name one branch"],
    [{ branch: "refs/heads/main" }, "wrong-call", "write main"],
    [{ branch: "a..b" }, "wrong-call", ""],
    [{ webhook: true, origin: "github.com/a/b" }, "wrong-call", "--origin"],
    [{ origin: "" }, "wrong-call", "github.com"],
    [{ token: "-", policy: "-" }, "wrong-call", "name a file"],
    [{ token: "token.json", person: "alice" }, "wrong-call", "leave --person out"],
    [{ policy: "policy.json", role: "deploy" }, "wrong-call", "leave one of them out"],
  ])("%j", (options, code, fix) => {
    const error = refusalOf(options);
    expect([error.code, error.exitCode]).toEqual([code, 2]);
    expect(error.fix).toContain(fix);
  });

  test("with several projects, a policy from elsewhere requires the project of the job", () => {
    const file = fileWith({ Statement: { Effect: "Allow", Principal: "*", Action: "*" } });
    expect(refusalOf({ policy: file }).fix).toContain("shop, website");
  });
});

test("--json has the complete answer", () => {
  const { decisions } = JSON.parse(printAnswersAsJson(explain(() => access, alice)));
  expect(decisions).toEqual([
    expect.objectContaining({
      role: "website-deploy",
      person: "alice",
      decision: "allow",
      reason: expect.any(String),
      statements: [expect.objectContaining({ path: "Statement[0]", effect: "Allow", applies: true })],
    }),
  ]);
});
