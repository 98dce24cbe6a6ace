import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { accessFromText } from "../../lib/config/load";
import type { ProjectError } from "../../lib/errors";
import { type ExplainOptions, explain } from "../../lib/explain/explain";
import type { JobAnswer } from "../../lib/explain/job-answer";
import { printAnswers, printAnswersAsJson } from "../../lib/explain/print";
import { errorOf } from "../fixtures/project-error";

const ORGANIZATION = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
const WEBSITE = "77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03";
const BOB = "91d0a1f7-6c0b-4d3e-9a5c-6f1e8d2b3c02";
const HOST = `oidc.circleci.com/org/${ORGANIZATION}`;
const access = accessFromText(
  `
organization: { id: ${ORGANIZATION} }
accounts: { main: { id: "123456789012", region: us-east-1, state: { bucket: acme-state } } }
people:
  alice: 0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01
  bob: ${BOB}
projects:
  website:
    id: ${WEBSITE}
    repository: github.com/acme/website
    roles:
      preview: { people: everyone, branches: any }
      deploy: { people: [alice], branches: [main, release/*], tags: [v1] }
  shop:
    id: 88c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03
    repository: github.com/acme/shop
    roles:
      deploy: { people: [bob], branches: [main] }
`,
  "access.yaml",
);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "explain-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(content: string | object): string {
  const file = path.join(mkdtempSync(path.join(folder, "input-")), "input.json");
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

function inShort(answers: readonly JobAnswer[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    answers.map(({ role, person, decision }) => [
      person === undefined ? role : `${person} ${role}`,
      decision,
    ]),
  );
}

function only(options: ExplainOptions): JobAnswer {
  const [answer, ...others] = explain(() => access, options);
  if (answer === undefined || others.length > 0) throw new Error(`${others.length + 1} answers`);
  return answer;
}

function refusalOf(options: ExplainOptions): ProjectError {
  return errorOf(() => explain(() => access, options));
}

const aliceDeploys: ExplainOptions = { person: "alice", role: "website/deploy" };
const alice: ExplainOptions = { ...aliceDeploys, branch: "main" };

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

describe("a policy from elsewhere", () => {
  const policy = {
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { Federated: `arn:aws:iam::210987654321:oidc-provider/${HOST}` },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: { [`${HOST}:aud`]: ORGANIZATION },
        StringLike: {
          [`${HOST}:sub`]: `org/${ORGANIZATION}/project/${WEBSITE}/user/*/vcs-origin/github.com/acme/website/vcs-ref/refs/heads/main`,
        },
      },
    },
  };
  const bob: ExplainOptions = { person: "bob", project: "website" };

  test("bare, from get-role, and from get-role with its document encoded", () => {
    const forms = [
      policy,
      { Role: { RoleName: "theirs", AssumeRolePolicyDocument: policy } },
      { Role: { RoleName: "theirs", AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(policy)) } },
    ];
    for (const form of forms) {
      const file = fileWith(form);
      expect(only({ ...bob, branch: "main", policy: file }).decision).toBe("allow");
      expect(only({ ...bob, branch: "dev", policy: file }).decision).toBe("deny");
    }
  });

  test("without a branch: a proof that it depends on the branch; a branch name that bypasses the pin is allowed", () => {
    const file = fileWith(policy);
    expect(only({ ...bob, policy: file })).toMatchObject({
      decision: "unknown",
      dependsOn: ["branch or tag"],
    });
    const branch = "x/vcs-origin/github.com/acme/website/vcs-ref/refs/heads/main";
    expect(only({ ...bob, branch, policy: file }).decision).toBe("allow");
  });

  test("with a condition on more than the token is undetermined, and names the condition", () => {
    const Condition = { ...policy.Statement.Condition, IpAddress: { "aws:SourceIp": "203.0.113.0/24" } };
    const file = fileWith({ ...policy, Statement: { ...policy.Statement, Condition } });
    expect(only({ ...bob, branch: "main", policy: file })).toMatchObject({
      decision: "unknown",
      dependsOn: ["aws:SourceIp"],
      reason:
        "depends on aws:SourceIp: allowed for requests from 203.0.113.0/24, such as aws:SourceIp = 203.0.113.7",
    });
    expect(only({ ...bob, branch: "dev", policy: file }).decision).toBe("deny");
  });

  test("with a condition on a claim unknown to AWS denies every token", () => {
    const Condition = { StringEquals: { [`${HOST}:oidc.circleci.com/vcs-ref`]: "refs/heads/main" } };
    const file = fileWith({ ...policy, Statement: { ...policy.Statement, Condition } });
    const { decision, reason } = only({ ...bob, branch: "main", policy: file });
    expect(decision).toBe("deny");
    expect(reason).toContain("vcs-ref");
    expect(reason).toContain("absent");
  });

  test("a statement without a principal, or with an empty list of them, denies every token", () => {
    const { Principal: _, ...statement } = policy.Statement;
    const forms = [statement, { ...statement, Principal: {} }, { ...statement, Principal: { AWS: [] } }];
    for (const Statement of forms) {
      const answer = only({ ...bob, branch: "main", policy: fileWith({ ...policy, Statement }) });
      expect(answer.decision).toBe("deny");
      expect(answer.reason).toMatch(/^no statement allows it: Statement(?:\.Principal)? names no principal$/);
      expect(printAnswers([answer])).toContain("the statement names no principal");
    }
  });

  test("NotPrincipal with Allow is undetermined because AWS does not support it; a listed principal is denied", () => {
    const { Principal, ...statement } = policy.Statement;
    const except = (NotPrincipal: object): string =>
      fileWith({ ...policy, Statement: { ...statement, NotPrincipal } });
    expect(only({ ...bob, branch: "main", policy: except({ AWS: "210987654321" }) })).toMatchObject({
      decision: "unknown",
      dependsOn: ["NotPrincipal with Allow, which AWS does not support"],
    });
    expect(only({ ...bob, branch: "main", policy: except(Principal) }).decision).toBe("deny");
  });

  test.each([
    ["https://", `https://${HOST}:aud`],
    ["no prefix", "aud"],
    ["a prefix that AWS does not have", "circleci:aud"],
  ])("a key with %s is in no request: the condition never holds", (_, key) => {
    const Condition = { ...policy.Statement.Condition, StringEquals: { [key]: ORGANIZATION } };
    const file = fileWith({ ...policy, Statement: { ...policy.Statement, Condition } });
    const { decision, reason } = only({ ...bob, branch: "main", policy: file });
    expect(decision).toBe("deny");
    expect(reason).toContain("absent");
  });

  test("and a token require no access.yaml", () => {
    const claims = { iss: `https://${HOST}`, aud: ORGANIZATION, sub: "org/anything" };
    const readFile = (): never => {
      throw new Error("access.yaml was read");
    };
    const [answer] = explain(readFile, { policy: fileWith(policy), token: fileWith(claims) });
    expect(answer?.decision).toBe("deny");
  });

  test("that is invalid is an error with its place", () => {
    expect(refusalOf({ policy: fileWith("{}") }).message).toContain("Statement");
    expect(refusalOf({ policy: fileWith("") }).code).toBe("json-not-read");
    expect(refusalOf({ policy: path.join(folder, "nowhere.json") }).code).toBe("input-missing");
    expect(refusalOf({ policy: folder }).code).toBe("input-unreadable");
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

describe("a CircleCI Server", () => {
  const SERVER = "circleci.acme.example";
  const host = `${SERVER}/org/${ORGANIZATION}`;
  const ofServer = accessFromText(
    `
organization: { id: ${ORGANIZATION}, server: ${SERVER} }
accounts: { main: { id: "123456789012", region: us-east-1, state: { bucket: acme-state } } }
people: { alice: 0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01, bob: ${BOB} }
projects:
  website:
    id: ${WEBSITE}
    repository: github.com/acme/website
    roles:
      deploy: { people: [alice], branches: [main] }
`,
    "access.yaml",
  );
  const write = (name: string, content: object): string => {
    const file = path.join(folder, name);
    writeFileSync(file, JSON.stringify(content));
    return file;
  };
  const policyOf = (condition: object) => ({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${host}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: condition,
      },
    ],
  });
  const subject = `org/${ORGANIZATION}/project/${WEBSITE}/user/${BOB}/vcs-origin/github.com/acme/website/vcs-ref/refs/heads/main`;
  const token = (issuer: string) => ({
    iss: `https://${issuer}`,
    aud: ORGANIZATION,
    sub: subject,
    "oidc.circleci.com/project-id": WEBSITE,
  });
  const decisions = (options: ExplainOptions, file = ofServer) =>
    explain(() => file, options).map(({ decision }) => decision);

  test("jobs of its people are allowed; others' are denied, and so is the same job in the cloud", () => {
    expect(decisions({ person: "alice", branch: "main" })).toEqual(["allow"]);
    expect(decisions({ person: "bob", branch: "main" })).toEqual(["deny"]);
    const alice = (issuer: string) => ({
      ...token(issuer),
      sub: subject.replace(BOB, "0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01"),
    });
    expect(decisions({ token: write("own.json", alice(host)) })).toEqual(["allow"]);
    expect(decisions({ token: write("cloud.json", alice(HOST)) })).toEqual(["deny"]);
  });

  test("--issuer asks a policy from elsewhere about its tokens", () => {
    const policy = write(
      "server.json",
      policyOf({ StringLike: { [`${host}:sub`]: `org/${ORGANIZATION}/project/*` } }),
    );
    const job = { person: "bob", project: "website", branch: "main", policy };
    expect(decisions({ ...job, issuer: `https://${host}` }, access)).toEqual(["allow"]);
    expect(decisions(job, access)).toEqual(["deny"]);
    expect(() => decisions({ person: "bob", issuer: SERVER })).toThrow("--issuer");
    expect(() => decisions({ ...job, issuer: "circleci.com" }, access)).toThrow("cloud");
  });

  test("a policy with a condition on the project ID is unknown: AWS documents that key only for the cloud", () => {
    const byProject = policyOf({ StringEquals: { [`${host}:oidc.circleci.com/project-id`]: WEBSITE } });
    const policy = write("project.json", byProject);
    expect(decisions({ token: write("t.json", token(host)), policy })).toEqual(["unknown"]);
    const ofCloud = write(
      "cloud-policy.json",
      JSON.parse(JSON.stringify(byProject).replaceAll(SERVER, "oidc.circleci.com")),
    );
    expect(decisions({ token: write("t2.json", token(HOST)), policy: ofCloud })).toEqual(["allow"]);
  });
});

describe("several organizations", () => {
  const PARTNER = "12345678-0d5b-4a52-9e7d-0c6f0b7a1d12";
  const SHOP = "88c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03";
  const both = accessFromText(
    `
organizations: { acme: { id: ${ORGANIZATION} }, partner: { id: ${PARTNER} } }
accounts: { main: { id: "123456789012", region: us-east-1, state: { bucket: acme-state } } }
people: { alice: 0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01, bob: ${BOB} }
projects:
  shop:
    organization: partner
    id: ${SHOP}
    repository: github.com/partner/shop
    roles: { deploy: { people: [alice], branches: [main] } }
  website:
    organization: acme
    id: ${WEBSITE}
    repository: github.com/acme/website
    roles: { deploy: { people: [alice, bob], branches: [main] } }
`,
    "access.yaml",
  );

  test("a job has a token of its project's organization", () => {
    const answers = explain(() => both, { branch: "main" });
    expect(inShort(answers)).toMatchObject({
      "alice shop-deploy": "allow",
      "bob shop-deploy": "deny",
      "bob website-deploy": "allow",
    });
    const answer = answers.find(({ role, person }) => role === "shop-deploy" && person === "alice");
    expect(JSON.stringify(answer)).not.toContain(ORGANIZATION);
  });

  test("the other organization's token with the same project, person and ref is denied", () => {
    const token = (organization: string, issuer = organization): string =>
      fileWith({
        iss: `https://oidc.circleci.com/org/${issuer}`,
        aud: organization,
        sub: `org/${organization}/project/${SHOP}/user/0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01/vcs-origin/github.com/partner/shop/vcs-ref/refs/heads/main`,
      });
    const decide = (file: string): unknown =>
      Object.values(inShort(explain(() => both, { token: file, project: "shop", role: "deploy" })))[0];
    expect(decide(token(PARTNER))).toBe("allow");
    expect(decide(token(ORGANIZATION))).toBe("deny");
    expect(decide(token(PARTNER, ORGANIZATION))).toBe("deny");
  });
});
