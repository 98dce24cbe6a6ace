import type { Condition, Statement, Value } from "../../language/policy";
import { readOperator } from "../../language/read-operator";
import { readPieces } from "../../language/read-pieces";
import { type Provider, readKey } from "../../prove/tokens/provider";
import { type AuditedPolicy, type Mistake, providersIn, resultFor } from "./mistake";

/**
 * Subjects that CircleCI never issues: another order or spelling, ids in upper case, another
 * organization.
 */
export function unissuedSubjects(statement: Statement, audited: AuditedPolicy): Mistake | undefined {
  const [provider] = providersIn([statement], audited);
  if (provider === undefined) return undefined;
  const asking = statement.conditions.find(
    (one) =>
      isPositive(one, provider) && !one.values.some((value) => isIssued(value, one, provider, audited)),
  );
  const [first] = asking?.values ?? [];
  if (asking === undefined || first === undefined) return undefined;
  const liked = withWildcards(asking, provider, audited);
  if (liked !== undefined) {
    const { name } = asking.operator;
    return {
      id: "subject-never-issued",
      path: first.path,
      message: `${name} does not support wildcards, and no CircleCI subject contains * or ?: this value matches no token. Write ${liked.operator.name}`,
      corrected: [
        { ...statement, conditions: statement.conditions.map((one) => (one === asking ? liked : one)) },
      ],
    };
  }
  const meant = asking.values.map((value) => respelled(value, asking, provider, audited));
  const values = meant.flatMap((one) => one ?? []);
  const isWhole = values.length === meant.length;
  return {
    id: "subject-never-issued",
    path: first.path,
    message: unissuedMessage(first, provider, isWhole ? values[0] : undefined),
    ...(isWhole
      ? {
          corrected: [
            {
              ...statement,
              conditions: statement.conditions.map((one) => (one === asking ? { ...one, values } : one)),
            },
          ],
        }
      : {}),
  };
}

/** @param meant the intended value */
export function unissuedMessage({ text }: Value, { circleci }: Provider, meant?: Value): string {
  const lead = "not a valid CircleCI subject: this value matches no token";
  if (meant !== undefined) return `${lead}. Write ${JSON.stringify(meant.text)}`;
  const other = /^org\/([^/*?]+)\//.exec(text)?.[1];
  const own = circleci === undefined || circleci === "shared" ? undefined : circleci.organization;
  if (other !== undefined && own !== undefined && other !== own)
    return `${lead}. It names the organization ${other}, but the provider is for ${own}: one of them is wrong`;
  return `${lead}. A subject is org/<ORG>/project/<PROJECT>/user/<USER>, followed by /vcs-origin/<ORIGIN>/vcs-ref/<REF> in V2 tokens`;
}

function isPositive({ key, operator }: Condition, provider: Provider): boolean {
  return readKey(key, provider) === "subject" && operator.base.startsWith("String") && !operator.negated;
}

/**
 * Whether some token has a subject that this value of the condition matches. What cannot be decided
 * may be one.
 */
export function isIssued(
  value: Value,
  condition: Condition,
  provider: Provider,
  audited: AuditedPolicy,
): boolean {
  const { key, operator, path } = condition;
  const statement: Statement = {
    index: 0,
    path: "Statement",
    effect: "Allow",
    principals: { path, negated: false, members: [{ path, type: "Federated", text: provider.arn }] },
    actions: { path, negated: false, values: [{ path, text: "*", pieces: [{ kind: "any-run" }] }] },
    conditions: [{ path, key, operator: readOperator(operator.base, path), values: [value] }],
  };
  return resultFor([statement], provider, audited) !== "none";
}

/**
 * The same condition with the operator that reads wildcards. Undefined: it has none, or does not
 * become one that a token satisfies.
 */
function withWildcards(
  condition: Condition,
  provider: Provider,
  audited: AuditedPolicy,
): Condition | undefined {
  const { operator, values, path } = condition;
  if (operator.base !== "StringEquals" || !values.some(({ text }) => /[*?]/.test(text))) return undefined;
  const liked: Condition = {
    ...condition,
    operator: readOperator(operator.name.replace("StringEquals", "StringLike"), path),
    values: values.map((value) => ({
      ...value,
      pieces: readPieces(value.text, { version: audited.policy.version, wildcards: true }, value.path),
    })),
  };
  return liked.values.every((value) => isIssued(value, liked, provider, audited)) ? liked : undefined;
}

const SPELLINGS: readonly (readonly [wrong: RegExp, right: string])[] = [
  [/^.*?(?=org(?:anization)?s?[/:])/is, ""],
  [/^org(?:anization)?s?[/:]/i, "org/"],
  [/^(org\/[^/:]+)[/:]projects?[/:]/i, "$1/project/"],
  [/^(org\/[^/:]+\/project\/[^/:]+)[/:]users?[/:]/i, "$1/user/"],
  [/(\/vcs-origin\/)(?:https?:\/\/|git@)/i, "$1"],
  [/\/vcs-origin\//i, "/vcs-origin/"],
  [/\/vcs-ref\/refs\/heads\//i, "/vcs-ref/refs/heads/"],
  [/\/vcs-ref\/refs\/tags\//i, "/vcs-ref/refs/tags/"],
  [/(\/vcs-ref\/)(?!refs\/)(?=[^*?])/i, "$1refs/heads/"],
];
const BEFORE_ORIGIN = /^.*?(?=\/vcs-origin\/|$)/is;

/** The value with the spelling that CircleCI has. Undefined: that does not make it a subject. */
function respelled(
  value: Value,
  condition: Condition,
  provider: Provider,
  audited: AuditedPolicy,
): Value | undefined {
  const { circleci } = provider;
  let text = value.text;
  if (circleci !== undefined && circleci !== "shared" && /^\/?projects?\//i.test(text))
    text = `org/${circleci.organization}/${text.replace(/^\//, "")}`;
  for (const [wrong, right] of SPELLINGS) text = text.replace(wrong, right);
  text = text.replace(BEFORE_ORIGIN, (job) => job.toLowerCase());
  const wildcards = condition.operator.base === "StringLike";
  const pieces = readPieces(text, { version: audited.policy.version, wildcards }, value.path);
  const meant: Value = { path: value.path, text, pieces };
  return isIssued(meant, condition, provider, audited) ? meant : undefined;
}
