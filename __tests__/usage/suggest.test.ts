import { awsPolicies } from "../../lib/project/aws-data";
import { isRecorded } from "../../lib/usage/actions/recorded";
import { usageOf } from "../../lib/usage/answer/answer";
import { Gathered } from "../../lib/usage/sources/gathered";
import { narrowAction } from "../../lib/usage/suggest/narrow-actions";
import { proveNarrower } from "../../lib/usage/suggest/prove-narrower";
import { suggest } from "../../lib/usage/suggest/suggest";
import { eventResources } from "../../lib/usage/trail/event-resources";
import { interestOf } from "../../lib/usage/trail/interest";
import { addEvent } from "../../lib/usage/trail/read-exactly";
import { wantedOf } from "../../lib/usage/trail/read-record";
import { Tally } from "../../lib/usage/trail/tally";
import { ACCESS_TEXT, access, assumption, call, roleArn, subject } from "./records";

function readOf(records: readonly unknown[], was: ReturnType<typeof access>) {
  const tally = new Tally();
  for (const record of records) addEvent(record, wantedOf(interestOf(was)), tally);
  const gathered = new Gathered();
  gathered.add(tally.result());
  return { joined: gathered.result(), filesRead: 1, notRead: [], withoutEvents: [] };
}

function suggestionFrom(records: readonly unknown[], text = ACCESS_TEXT, removeRoles = false) {
  const was = access(text);
  return suggest(text, was, usageOf(was, readOf(records, was)), { aws: awsPolicies, removeRoles });
}

const USED = [
  assumption(subject("alice"), "website-deploy", "ASIAONE"),
  assumption(subject("bob"), "website-deploy", "ASIATWO"),
  call("website-deploy", "ASIAONE", "cloudfront.amazonaws.com", "CreateInvalidation"),
  call("website-deploy", "ASIATWO", "ecr.amazonaws.com", "PutImage"),
  call("website-deploy", "ASIATWO", "ecr.amazonaws.com", "DeleteRepository", { error: "AccessDenied" }),
];

describe("--suggest", () => {
  const found = suggestionFrom(USED);
  test("people, refs and actions without a use go; all other text stays, comments too", () => {
    expect(found.text).toContain("people: [alice, bob] # who releases\n        branches: [main]\n");
    expect(found.text).toContain("Action: [cloudfront:CreateInvalidation, ecr:");
    expect(found.text).toContain("ecr:PutImage, ");
    expect(found.text).not.toMatch(/ecr:\*|DeleteRepository|cloudfront:GetDistribution/);
    const untouched = (text: string) =>
      text.split("\n").filter((line) => !/people: \[|branches: \[|Action:/.test(line));
    expect(untouched(found.text)).toEqual(untouched(ACCESS_TEXT));
  });
  test("what CloudTrail does not record stays, and is named", () => {
    expect(found.text).toContain("s3:GetObjectTagging");
    expect(found.kept).toContainEqual(
      expect.stringMatching(/^website\/deploy: .*CloudTrail may not record it/),
    );
    expect(found.kept).toContainEqual(expect.stringMatching(/^website\/preview: never used/));
  });
  test("it is proven narrower in both, and the other way round it is refused", () => {
    const [before, after] = [access(), access(found.text)];
    expect(proveNarrower(before, after, awsPolicies)).toEqual([
      { role: "website/deploy", trust: "narrower", permissions: "narrower" },
    ]);
    expect(() => proveNarrower(after, before, awsPolicies)).toThrow(
      expect.objectContaining({ code: "usage-not-narrower" }),
    );
    const renamed = access(ACCESS_TEXT.replace("      preview:", "      other:"));
    expect(() => proveNarrower(before, renamed, awsPolicies)).toThrow(/it is a new role/);
  });
  test("again with the same records, nothing is left to narrow", () => {
    const again = suggestionFrom(USED, found.text);
    expect(again.text).toBe(found.text);
    expect(again.narrower).toEqual([]);
  });
  test("a statement without a use goes whole, and the last one with its key", () => {
    const text = ACCESS_TEXT.replace(/Action: \[.*\]/, "Action: cloudfront:GetDistribution");
    const { text: after } = suggestionFrom(USED, text);
    expect(after).not.toContain("statements");
    expect(access(after).projects[0]?.roles.find(({ key }) => key === "deploy")?.statements).toEqual([]);
  });
  test("entries with a period go or stay whole, in a list and in a group, and keep their comments", () => {
    const people = (found: { readonly text: string }) => /^ {8}people: (.*)$/m.exec(found.text)?.[1];
    const listed = ACCESS_TEXT.replace(
      "people: [publishers, bob]",
      'people: [alice, { bob: { until: 2027-01-31, reason: "INC #1" } }, { carol: { until: 2027-01-31 } }]',
    );
    expect(people(suggestionFrom(USED, listed))).toBe(
      '[alice, { bob: { until: 2027-01-31, reason: "INC #1" } }] # who releases',
    );
    expect(people(suggestionFrom(USED.slice(0, 1), listed))).toBe("[alice] # who releases");
    const grouped = ACCESS_TEXT.replace("[alice, carol]", "[alice, { bob: { until: 2027-01-31 } }, carol]");
    const ofGroup = suggestionFrom(USED, grouped.replace("[publishers, bob]", "[publishers]"));
    expect(people(ofGroup)).toBe("[alice, { bob: { until: 2027-01-31 } }] # who releases");
    const ending = ACCESS_TEXT.replace("[alice, carol]", "{ people: [alice, carol], until: 2027-01-31 }");
    expect(people(suggestionFrom(USED.slice(1), ending))).toBe("[bob] # who releases");
    const kept = suggestionFrom(USED, ending);
    expect(people(kept)).toBe("[publishers, bob] # who releases");
    expect(kept.kept).toContain(
      "website/deploy: publishers: some of its people never used the role, and the group has a period of its own",
    );
    expect(kept.narrower.join()).not.toContain("carol");
  });
  test("a person whom the list names, and whose group is replaced by its people, is listed once", () => {
    const text = ACCESS_TEXT.replace("[alice, carol]", "[alice, bob, carol]");
    expect(suggestionFrom(USED, text).text).toContain("people: [alice, bob] # who releases");
  });
  test.each([
    [
      "a group lists without a period whom the list gives one",
      "{ bob: { until: 2027-01-31 } }",
      "bob",
      "[alice, bob]",
    ],
    [
      "the list names without a period whom the group gives one",
      "bob",
      "{ bob: { until: 2027-01-31 } }",
      "[bob, alice]",
    ],
    [
      "both give the same period",
      "{ bob: { until: 2027-01-31 } }",
      "{ bob: { until: 2027-01-31 } }",
      "[{ bob: { until: 2027-01-31 } }, alice]",
    ],
  ])("no name is listed twice where %s", (_, listed, inGroup, people) => {
    const text = ACCESS_TEXT.replace("[alice, carol]", `[alice, ${inGroup}, carol]`).replace(
      "[publishers, bob]",
      `[${listed}, publishers]`,
    );
    const after = suggestionFrom(USED, text).text;
    const found = access(after).projects[0]?.roles.find(({ key }) => key === "deploy");
    expect(found?.grant?.people).toMatchObject({ members: [{ name: "alice" }, { name: "bob" }] });
    const inFile = /^ {8}people: (.*?) #/m.exec(after)?.[1] ?? "";
    expect(inFile.slice(1, -1).split(", ").sort()).toEqual(people.slice(1, -1).split(", ").sort());
    expect(proveNarrower(access(text), access(after), awsPolicies)).toMatchObject([{ trust: "narrower" }]);
  });
  test("a group stays where two entries would give a person different periods", () => {
    const text = ACCESS_TEXT.replace(
      "[alice, carol]",
      "[alice, { bob: { until: 2027-03-31 } }, carol]",
    ).replace("[publishers, bob]", "[publishers, { bob: { until: 2027-01-31 } }]");
    const found = suggestionFrom(USED, text);
    expect(found.text).toContain("people: [publishers, { bob: { until: 2027-01-31 } }] # who releases");
    expect(found.kept).toContainEqual(
      expect.stringMatching(/^website\/deploy: publishers: .*different period/),
    );
  });
  test("records that do not cover the account suggest nothing", () => {
    expect(() => suggestionFrom(USED.map((one) => ({ ...one, awsRegion: "eu-west-1" })))).toThrow(
      expect.objectContaining({ code: "usage-not-judged" }),
    );
  });
});

describe("roles that were never used", () => {
  const text = ACCESS_TEXT.replace(
    "branches: any, bucket: acme-website-preview }",
    "branches: any, STATEMENTS }",
  ).replace("STATEMENTS", 'statements: [{ Effect: Allow, Action: "ecr:PutImage", Resource: "*" }]');
  const asked = (records: readonly unknown[], own = text, removeRoles = true) =>
    suggestionFrom(records, own, removeRoles);
  test("go only if that is asked for, and are proven removed", () => {
    expect(asked(USED, text, false).kept).toContain(
      "website/preview: never used; --remove-roles takes the role out",
    );
    expect(asked(USED, text, false).text).toContain("preview:");
    const found = asked(USED);
    expect(found.text).not.toContain("preview:");
    expect(found.narrower).toContain("website/preview: removed, because it was never used");
    expect(proveNarrower(access(text), access(found.text), awsPolicies)).toContainEqual({
      role: "website/preview",
      trust: "removed",
      permissions: "removed",
    });
  });
  test("stay with a bucket, as the last of a project, and if a session without a token used them", () => {
    expect(asked(USED, ACCESS_TEXT).kept).toContainEqual(
      expect.stringMatching(/^website\/preview: never used; .*bucket acme-website-preview/),
    );
    const none = [{ ...USED[0], requestParameters: {} }];
    const bare = text.replace("        bucket: acme-website\n", "");
    expect(asked(none, bare).text).toContain("preview:");
    expect(asked(none, bare).kept).toContainEqual(
      expect.stringMatching(/^website\/preview: .*last role of the project/),
    );
    const byOther = {
      ...call("worker", "ASIAX", "sts.amazonaws.com", "AssumeRole"),
      requestParameters: { roleArn: roleArn("website-preview") },
    };
    expect(asked([...USED, byOther]).kept).toContainEqual(
      expect.stringMatching(/^website\/preview: only used without a token/),
    );
  });
});

describe("resources of statements", () => {
  const ECR = "arn:aws:ecr:us-east-1:123456789012:repository";
  const statement = (action: string, resource: string) =>
    ACCESS_TEXT.replace(/Action: \[.*\]/, `Action: ${action}`).replace(
      'Resource: "*"',
      `Resource: ${resource}`,
    );
  const put = (parameters: unknown, name = "PutImage") =>
    call("website-deploy", "ASIAONE", "ecr.amazonaws.com", name, { parameters });
  const used = (...calls: readonly unknown[]) => [...USED.slice(0, 2), ...calls];
  const of = (text: string) => /Resource: (.*)$/m.exec(text)?.[1];
  test("narrow to what every call named, and the engine proves it", () => {
    const text = statement("[ecr:PutImage]", '"*"');
    const found = suggestionFrom(used(put({ repositoryName: "web" }), put({ repositoryName: "api" })), text);
    expect(of(found.text)).toBe(`[${ECR}/api, ${ECR}/web]`);
    expect(found.narrower).toContain("website/deploy: resource * narrowed to what was used");
    expect(proveNarrower(access(text), access(found.text), awsPolicies)).toMatchObject([
      { permissions: "narrower" },
    ]);
    const again = suggestionFrom(
      used(put({ repositoryName: "web" }), put({ repositoryName: "api" })),
      found.text,
    );
    expect(again.text).toBe(found.text);
  });
  test("a list keeps what was used, and a pattern becomes what was used of it", () => {
    const text = statement("[ecr:PutImage]", `["${ECR}/w*", "${ECR}/api", "${ECR}/old"]`);
    const found = suggestionFrom(used(put({ repositoryName: "web" }), put({ repositoryName: "api" })), text);
    expect(
      access(found.text).projects[0]?.roles.find(({ key }) => key === "deploy")?.statements,
    ).toMatchObject([{ Resource: [`${ECR}/web`, `${ECR}/api`] }]);
  });
  test.each([
    [
      "a call does not name it",
      "[ecr:PutImage]",
      [put({ repositoryName: "web" }), put(null)],
      /not every call of ecr:PutImage/,
    ],
    [
      "an action takes none",
      "[ecr:PutImage, ecr:GetAuthorizationToken]",
      [put({ repositoryName: "web" }), put(null, "GetAuthorizationToken")],
      /ecr:GetAuthorizationToken takes no resource/,
    ],
    [
      "an action may have left no record",
      "[ecr:PutImage, ecr:TagResource]",
      [put({ repositoryName: "web" })],
      /ecr:TagResource: CloudTrail may not record it, so it stays with its resources/,
    ],
    ["a name has a wildcard", "[ecr:PutImage]", [put({ repositoryName: "*" })], /not every call/],
  ])("stay where %s", (_, action, calls, why) => {
    const found = suggestionFrom(used(...calls), statement(action, '"*"'));
    expect(of(found.text)).toBe('"*"');
    expect(found.kept).toContainEqual(expect.stringMatching(why));
  });
});

test.each([
  ["s3.amazonaws.com", { bucketName: "b" }, ["arn:aws:s3:::b"]],
  [
    "cloudfront.amazonaws.com",
    { distributionId: "E2EXAMPLE1", id: "I1" },
    ["arn:aws:cloudfront::123456789012:distribution/E2EXAMPLE1"],
  ],
  [
    "ecs.amazonaws.com",
    { cluster: "arn:aws:ecs:us-east-1:1:cluster/main", service: "web" },
    ["arn:aws:ecs:us-east-1:123456789012:service/main/web"],
  ],
  ["lambda.amazonaws.com", { functionName: "f" }, ["arn:aws:lambda:us-east-1:123456789012:function:f"]],
  ["lambda.amazonaws.com", { functionName: "f:live" }, []],
  [
    "secretsmanager.amazonaws.com",
    { secretId: "db" },
    ["arn:aws:secretsmanager:us-east-1:123456789012:secret:db-??????"],
  ],
  [
    "ssm.amazonaws.com",
    { names: ["/a/b", "c"] },
    ["arn:aws:ssm:us-east-1:123456789012:parameter/a/b", "arn:aws:ssm:us-east-1:123456789012:parameter/c"],
  ],
  [
    "cloudformation.amazonaws.com",
    { stackName: "web" },
    ["arn:aws:cloudformation:us-east-1:123456789012:stack/web/*"],
  ],
  ["kms.amazonaws.com", { keyId: "k" }, []],
])("a call of %s with %j names %j", (source, parameters, arns) => {
  const record = call("website-deploy", "K", source, "Any", { parameters });
  expect(eventResources(record, source, roleArn("website-deploy"))).toEqual(arns);
  const listed = {
    ...record,
    resources: [{ ARN: `arn:aws:${source.split(".")[0]}:::x` }, { ARN: "arn:aws:iam::1:role/y" }],
  };
  expect(eventResources(listed, source, roleArn("website-deploy"))).toEqual([
    `arn:aws:${source.split(".")[0]}:::x`,
  ]);
});

test("actions of a kind that the trail does not select stay, and are not called unused", () => {
  const readOnly = (value: boolean) => USED.map((one) => ({ ...one, readOnly: value }));
  const writes = suggestionFrom(readOnly(false)).text;
  expect(writes).toContain("cloudfront:GetDistribution");
  expect(writes).not.toContain("ecr:DeleteRepository");
  const reads = suggestionFrom(readOnly(true)).text;
  expect(reads).not.toContain("cloudfront:GetDistribution");
  expect(reads).toContain("ecr:DeleteRepository");
  const was = access();
  const unused = usageOf(was, readOf(readOnly(false), was), awsPolicies).roles[0]?.never?.actions?.unused;
  expect(unused?.flatMap(({ actions }) => actions)).not.toContain("cloudfront:GetDistribution");
});

test("actions stay where calls were not asked for", () => {
  const was = access();
  const usage = usageOf(was, { ...readOf(USED.slice(0, 2), was), hasCalls: false });
  const found = suggest(ACCESS_TEXT, was, usage, { aws: awsPolicies });
  expect(found.text).toContain('"ecr:*"');
  expect(found.kept).toContain("website/deploy: its statements: what was called was not asked for");
});

describe("an action is unused only if it would have been recorded", () => {
  test.each([
    "cloudfront:CreateInvalidation",
    "lambda:UpdateFunctionCode",
    "ecr:PutImage",
    "s3:GetBucketPolicy",
    "iam:CreateUser",
  ])("%s", (action) => expect(isRecorded(action)).toBe(true));
  test.each([
    ...["s3:GetObject", "s3:ListBucket", "s3:PutBucketAcl", "lambda:InvokeFunction", "iam:PassRole"],
    ...["lambda:GetAccountSettings", "lambda:GetLayerVersion", "ssm:StartExecutionPreview", "ecs:Poll"],
    ...["ecs:TagResource", "dynamodb:GetItem", "kms:Decrypt", "unheard:Of", "constructor:x"],
  ])("not %s", (action) => expect(isRecorded(action)).toBe(false));
  test("a call of a service that is not understood keeps all of the service", () => {
    const used = new Set(["ecr:PutImage"]);
    expect(narrowAction("ecr:Put*", { used, unclear: new Set(["ecr"]) }, isRecorded).actions).toEqual([
      "ecr:Put*",
    ]);
    expect(narrowAction("ecr:PutIm*e", { used, unclear: new Set() }, isRecorded).actions).toEqual([
      "ecr:PutIm*e",
    ]);
    expect(narrowAction("ECR:delete*", { used, unclear: new Set() }, isRecorded).actions).toEqual([]);
    expect(narrowAction("*", { used, unclear: new Set() }, isRecorded).actions).toEqual(["*"]);
  });
});
