/**
 * AWS's reading of a trust policy for one request, from the IAM User Guide and from nothing in
 * lib/. It knows what the tests write and throws at anything else.
 */
export interface PolicyJson {
  readonly Version: "2012-10-17";
  readonly Statement: readonly StatementJson[];
}

export interface StatementJson {
  readonly Effect: "Allow" | "Deny";
  readonly Principal: "*" | { readonly Federated?: string | readonly string[]; readonly AWS?: string };
  readonly Action: string | readonly string[];
  readonly Condition?: ConditionJson;
}

export type ConditionJson = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** Values of condition keys, by the key's name in lower case; a key that is not here is missing. */
export type Context = ReadonlyMap<string, readonly string[]>;

/** Whether a token is let in that comes through the provider and sets these keys. */
export type Judge = (provider: string, context: Context) => boolean;

type Test = (context: Context) => boolean;

export function judgeOf(policy: PolicyJson): Judge {
  const statements = policy.Statement.map((statement) => ({
    isAllow: statement.Effect === "Allow",
    applies: appliesTo(statement),
  }));
  return (provider, context) => {
    const holding = statements.filter(({ applies }) => applies(provider, context));
    return holding.some(({ isAllow }) => isAllow) && holding.every(({ isAllow }) => isAllow);
  };
}

function appliesTo({ Principal, Action, Condition = {} }: StatementJson): Judge {
  const isForTokens = [Action].flat().some((one) => matcher(one, true, true).test(ACTION));
  const tests = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => conditionTest(operator, key.toLowerCase(), [values].flat())),
  );
  return (provider, context) => {
    if (!isForTokens) return false;
    if (Principal !== "*" && ![Principal.Federated ?? []].flat().includes(provider)) return false;
    return tests.every((test) => test(context));
  };
}

const ACTION = "sts:AssumeRoleWithWebIdentity";
const OPERATOR =
  /^(?:(ForAllValues|ForAnyValue):)?(String|Null|Bool)(Not)?(Equals|Like)?(IgnoreCase)?(IfExists)?$/;

function conditionTest(operator: string, key: string, wanted: readonly string[]): Test {
  const parts = OPERATOR.exec(operator);
  if (parts === null) throw new Error(`an operator the tests do not write: ${operator}`);
  const [, qualifier, kind, not, comparison, ignoreCase, ifExists] = parts;
  if (kind === "Null") return (context) => wanted.some((one) => (one === "true") === !context.has(key));
  const matchers = wanted.map((one) => matcher(one, comparison === "Like", ignoreCase !== undefined));
  const isWanted = (value: string): boolean => matchers.some((one) => one.test(value));
  const passes = (value: string): boolean => isWanted(value) === (not === undefined);
  const ifMissing =
    qualifier === "ForAllValues" || ifExists !== undefined || (qualifier === undefined && not !== undefined);
  return (context) => {
    const found = context.get(key);
    if (found === undefined) return ifMissing;
    // "…or if the context key value resolves to a null dataset, such as an empty string."
    if (qualifier === "ForAllValues") return found.every((value) => value === "" || passes(value));
    if (qualifier === "ForAnyValue") return found.some(passes);
    return not === undefined ? found.some(isWanted) : !found.some(isWanted);
  };
}

const matchers = new Map<string, RegExp>();

function matcher(value: string, wildcards: boolean, ignoreCase: boolean): RegExp {
  const key = `${wildcards} ${ignoreCase} ${value}`;
  const known = matchers.get(key);
  if (known !== undefined) return known;
  const source = [...value.matchAll(/\$\{([*?$])\}|([\s\S])/gu)]
    .map(([, escaped, plain = ""]) => {
      if (escaped === undefined && wildcards && plain === "*") return "[\\s\\S]*";
      if (escaped === undefined && wildcards && plain === "?") return "[\\s\\S]";
      return `\\u{${((escaped ?? plain).codePointAt(0) ?? 0).toString(16)}}`;
    })
    .join("");
  const built = new RegExp(`^(?:${source})$`, ignoreCase ? "iu" : "u");
  matchers.set(key, built);
  return built;
}
