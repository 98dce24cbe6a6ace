import type { Condition, Policy, Statement, Value } from "../../language/policy";
import { readOperator } from "../../language/read-operator";
import { readPieces } from "../../language/read-pieces";
import { compare } from "../../prove/tokens/compare";
import { readKey } from "../../prove/tokens/provider";
import { organizationIn, type Subject } from "../core/context";
import type { Finding } from "../core/finding";

const ANY_USER = "????????-????-????-????-????????????";

/**
 * The policy without the finding, if that needs no further knowledge. It is proven to allow no
 * token that the original denies. Undefined: there is no such policy, or it could not be proven.
 * @param audit runs the rule of the finding on the corrected policy
 */
export function correct(
  subject: Subject,
  { id, path }: Finding,
  audit: (subject: Subject) => readonly Finding[],
): Policy | undefined {
  const corrected = candidate(subject, id, path);
  if (corrected === undefined) return undefined;
  const { policy, provider } = subject;
  const { relation } = compare(policy, corrected, { providers: [provider] });
  if (relation !== "narrower" && relation !== "same") return undefined;
  const allows = subject.allows
    .map(({ index }) => corrected.statements[index])
    .filter((one) => one !== undefined);
  const isStillThere = audit({ ...subject, policy: corrected, allows }).some(
    (one) => (one.id === id && one.path === path) || one.id === "policy-not-decided",
  );
  return isStillThere ? undefined : corrected;
}

function candidate(subject: Subject, id: Finding["id"], path: string): Policy | undefined {
  const { policy } = subject;
  switch (id) {
    case "wildcard-past-field":
      return withConditions(subject, (conditions) =>
        conditions.map((one) => ({
          ...one,
          values: one.values.map((value) => (value.path === path ? withFixedUser(value, policy) : value)),
        })),
      );
    case "passes-without-key":
      return withConditions(subject, (conditions) =>
        conditions.map((one) => (one.path === path ? requiringItsKey(one) : one)),
      );
    case "tokens-without-origin":
      return withConditions(subject, (conditions) =>
        conditions.map((one) =>
          readKey(one.key, subject.provider) === "subject" ? namingOrigins(one) : one,
        ),
      );
    case "audience-missing":
      return withConditions(subject, (conditions) => withAudience(subject, conditions));
    default:
      return undefined;
  }
}

function withConditions(
  { policy, allows }: Subject,
  change: (conditions: readonly Condition[]) => readonly Condition[],
): Policy {
  const statements = policy.statements.map(
    (one): Statement => (allows.includes(one) ? { ...one, conditions: change(one.conditions) } : one),
  );
  return { ...policy, statements };
}

function withFixedUser(value: Value, { version }: Policy): Value {
  const text = value.text.replace("/user/*/", `/user/${ANY_USER}/`);
  return { ...value, text, pieces: readPieces(text, { version, wildcards: true }, value.path) };
}

/**
 * Without the values that only match tokens without an origin: those of a fixed length that end
 * after the user.
 */
function namingOrigins(condition: Condition): Condition {
  const values = condition.values.filter(({ text }) => text.includes("*") || text.includes("/vcs-origin/"));
  return values.length === 0 ? condition : { ...condition, values };
}

function requiringItsKey(condition: Condition): Condition {
  const name = condition.operator.name.replace("IfExists", "").replace("ForAllValues:", "ForAnyValue:");
  return { ...condition, operator: readOperator(name, condition.path) };
}

/** Adds CircleCI's default audience, if no condition restricts the audience. */
function withAudience(subject: Subject, conditions: readonly Condition[]): readonly Condition[] {
  const organization = organizationIn(subject);
  if (organization === undefined) return conditions;
  if (conditions.some(({ key }) => readKey(key, subject.provider) === "audience")) return conditions;
  const path = "Condition.StringEquals";
  const value: Value = { path, text: organization, pieces: [{ kind: "literal", text: organization }] };
  const added: Condition = {
    path,
    operator: readOperator("StringEquals", path),
    key: `${subject.provider.host}:aud`,
    values: [value],
  };
  return [added, ...conditions];
}
