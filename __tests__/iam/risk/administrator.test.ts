import { administratorOf } from "../../../lib/iam/risk/administrator";
import { effectiveOf } from "../../../lib/iam/risk/effective";
import { allow, deny, effective, permissions, policy } from "./permissions";

const whole = { isWhole: true, except: [], isConditional: false };
const except = (...actions: readonly string[]) => ({ isWhole: false, except: actions, isConditional: false });
const mfa = { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } };

test.each<[what: string, statements: readonly object[], is: object | undefined]>([
  ["every action", [allow("*")], whole],
  ["every action in other words", [allow("*:*", "arn:aws:*:*:*:*")], whole],
  ["of an account alone", [allow("*", "arn:aws:*:*:123456789012:*")], except()],
  ["every action but IAM's", [{ Effect: "Allow", NotAction: ["iam:*"], Resource: "*" }], except("iam:*")],
  ["every action, and a Deny", [allow("*"), deny("organizations:*")], except("organizations:*")],
  ["every action, with MFA", [allow("*", "*", mfa)], { ...except(), isConditional: true }],
  ["every action, denied again", [allow("*"), deny("*")], undefined],
  ["one service", [allow("s3:*")], undefined],
  ["reading everything", [allow("*:Get*")], undefined],
  ["every action on one resource", [allow("*", "arn:aws:s3:::acme/*")], undefined],
  ["nothing", [deny("s3:*")], undefined],
])("%s", (_, statements, is) => {
  expect(administratorOf(effective(...statements))).toEqual(is);
});

test("a boundary or a session policy that allows less makes no administrator, one that allows all does", () => {
  const all = permissions(allow("*"));
  const reading = policy(allow("s3:GetObject"));
  const everything = policy(allow("*"));
  expect(administratorOf(effectiveOf({ ...all, boundary: reading }))).toBeUndefined();
  expect(administratorOf(effectiveOf({ ...all, session: [reading] }))).toBeUndefined();
  expect(administratorOf(effectiveOf({ ...all, boundary: everything, session: [everything] }))).toEqual(
    whole,
  );
});
