import { knownActions } from "../../../lib/iam/data/actions";
import { DESTROYING_ACTIONS } from "../../../lib/iam/risk/data-destruction";
import { DATA_STORES } from "../../../lib/iam/risk/data-stores";
import { riskBetween } from "../../../lib/iam/risk/permission-risks";
import { allow, deny, permissions, policy } from "./permissions";

const secret = (name: string) => `arn:aws:secretsmanager:eu-west-1:210987654321:secret:${name}`;

test.each<[what: string, statements: readonly object[], risk: string | undefined]>([
  ["everything", [allow("*")], "administrator"],
  ["a policy version", [allow("iam:CreatePolicyVersion")], "privilege-escalation"],
  ["every secret", [allow("secretsmanager:GetSecretValue")], "all-data"],
  ["every secret of one region", [allow("secretsmanager:Get*", secret("*"))], "all-data"],
  ["every secret but one", [allow("secretsmanager:*"), deny("*", secret("root"))], "all-data"],
  ["secrets of one team", [allow("secretsmanager:GetSecretValue", secret("team-*"))], undefined],
  ["their descriptions", [allow("secretsmanager:DescribeSecret")], undefined],
  ["every object", [allow("s3:*Object", "arn:aws:s3:::*")], "all-data"],
  ["objects of one bucket", [allow(["s3:GetObject", "s3:DeleteObject"], "arn:aws:s3:::acme/*")], undefined],
  ["versions of one bucket", [allow("s3:DeleteObjectVersion", "arn:aws:s3:::acme/*")], "data-destruction"],
  ["one database", [allow("rds:Delete*", "arn:aws:rds:us-east-1:123456789012:db:acme")], "data-destruction"],
  ["a database's settings", [allow("rds:Modify*")], undefined],
])("%s: %s", (_, statements, risk) => {
  expect(riskBetween(undefined, permissions(...statements))?.class).toBe(risk);
});

test("only what is new counts, and a boundary limits it", () => {
  const all = permissions(allow("secretsmanager:GetSecretValue"));
  expect(riskBetween(all, permissions(allow("secretsmanager:*"), allow("s3:ListBucket")))).toMatchObject({
    class: "all-data",
    data: [{ what: "secret", how: "write", isOnEverything: true }],
  });
  expect(riskBetween(all, all)).toBeUndefined();
  expect(riskBetween(undefined, { ...all, boundary: policy(allow("s3:*")) })).toBeUndefined();
});

test("all that is in one account, or all with exceptions, is not `*`", () => {
  const ofAccount = "arn:aws:secretsmanager:us-east-1:123456789012:secret:*";
  for (const statement of [
    allow("secretsmanager:GetSecretValue", ofAccount),
    { Effect: "Allow", Action: "secretsmanager:GetSecretValue", NotResource: `${ofAccount}x` },
  ])
    expect(riskBetween(undefined, permissions(statement))).toMatchObject({
      class: "all-data",
      data: [{ what: "secret", how: "read", isOnEverything: false }],
    });
});

test("a full administrator is more than one with exceptions", () => {
  const power = permissions({ Effect: "Allow", NotAction: "iam:*", Resource: "*" });
  expect(riskBetween(power, permissions(allow("*")))).toMatchObject({
    class: "administrator",
    isWhole: true,
  });
  expect(riskBetween(permissions(allow("*")), power)).toBeUndefined();
});

test("every call of the tables is an action of AWS", () => {
  const { namesOf } = knownActions();
  const all = [...DESTROYING_ACTIONS, ...DATA_STORES.flatMap(({ reads, writes }) => [...reads, ...writes])];
  const unknown = all.filter((action) => {
    const [service = "", name = ""] = action.split(":");
    return namesOf(service)?.includes(name) !== true;
  });
  expect(unknown).toEqual([]);
});
