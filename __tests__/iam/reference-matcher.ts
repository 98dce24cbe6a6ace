import type { PolicyDocument, PolicyStatement } from "../../lib/iam/language/document";
import type { Token } from "./meaning";

/**
 * AWS's reading of a trust policy, written from the IAM User Guide and from nothing in lib/: what a
 * policy of ours says is judged by this, and anything that it does not know makes the test fail.
 */
export function allowedTokens(policy: PolicyDocument, provider: string, token: Token): boolean {
  sameOrThrow(policy.Version, "2012-10-17");
  return policy.Statement.some((statement) => statementAdmits(statement, provider, token));
}

function statementAdmits(statement: PolicyStatement, provider: string, token: Token): boolean {
  sameOrThrow(statement.Effect, "Allow");
  sameOrThrow(statement.Action, "sts:AssumeRoleWithWebIdentity");
  sameOrThrow(JSON.stringify(statement.Principal), JSON.stringify({ Federated: provider }));
  const issuer = provider.slice(provider.indexOf("/") + 1);
  if (token.iss !== `https://${issuer}`) return false;
  const claims = new Map([
    [`${issuer}:aud`, token.aud],
    [`${issuer}:sub`, token.sub],
  ]);
  const conditions = Object.entries(statement.Condition ?? {});
  const asked = new Set(conditions.flatMap(([, keys]) => Object.keys(keys)));
  sameOrThrow([...asked].sort().join(), [...claims.keys()].join());
  return conditions.every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => holds(operator, [values].flat(), claims.get(key))),
  );
}

/**
 * "Condition operators": several values are alternatives, under a negated operator none may match;
 * what each says of a key that is not there.
 */
function holds(operator: string, values: readonly string[], text: string | undefined): boolean {
  switch (operator) {
    case "StringEquals":
    case "StringLike":
      return text !== undefined && values.some((value) => matches(operator, value, text));
    case "ForAnyValue:StringLike":
      return text !== undefined && values.some((value) => matches("StringLike", value, text));
    case "StringLikeIfExists":
      return text === undefined || values.some((value) => matches("StringLike", value, text));
    case "StringNotLike":
      return text === undefined || !values.some((value) => matches("StringLike", value, text));
    default:
      throw new Error(`unknown operator ${operator}`);
  }
}

function sameOrThrow(found: unknown, known: string): void {
  if (found !== known) throw new Error(`the matcher knows ${known}, but the policy says ${String(found)}`);
}

/** One value of StringEquals or StringLike against the text of a claim. */
export function matches(operator: string, value: string, text: string): boolean {
  const wildcards = operator === "StringLike";
  if (!wildcards && operator !== "StringEquals") throw new Error(`unknown operator ${operator}`);
  return matchesSymbols(readSymbols(value, wildcards), [...text]);
}

type PatternSymbol = { readonly wildcard: "*" | "?" } | { readonly character: string };

/**
 * "Policy variables", special characters: `${*}`, `${?}` and `${$}` are those characters; any other
 * `${…}` would be a variable.
 */
function readSymbols(value: string, wildcards: boolean): readonly PatternSymbol[] {
  const symbols: PatternSymbol[] = [];
  const characters = [...value];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? "";
    if (character === "$" && characters[at + 1] === "{") {
      const special = characters[at + 2] ?? "";
      if (!["*", "?", "$"].includes(special) || characters[at + 3] !== "}") {
        throw new Error(`a policy variable in ${value}`);
      }
      symbols.push({ character: special });
      at += 3;
    } else if (wildcards && (character === "*" || character === "?")) {
      symbols.push({ wildcard: character });
    } else {
      symbols.push({ character });
    }
  }
  return symbols;
}

/**
 * Greedy, and back to the last star alone where that fails: a star that came later can always take
 * what an earlier one could.
 */
function matchesSymbols(symbols: readonly PatternSymbol[], text: readonly string[]): boolean {
  let symbolAt = 0;
  let textAt = 0;
  let lastStar: { readonly after: number; taken: number } | undefined;
  while (textAt < text.length) {
    const symbol = symbols[symbolAt];
    if (isStar(symbol)) {
      symbolAt += 1;
      lastStar = { after: symbolAt, taken: textAt };
    } else if (symbol !== undefined && ("wildcard" in symbol || symbol.character === text[textAt])) {
      symbolAt += 1;
      textAt += 1;
    } else if (lastStar !== undefined) {
      lastStar.taken += 1;
      textAt = lastStar.taken;
      symbolAt = lastStar.after;
    } else {
      return false;
    }
  }
  return symbols.slice(symbolAt).every(isStar);
}

function isStar(symbol: PatternSymbol | undefined): boolean {
  return symbol !== undefined && "wildcard" in symbol && symbol.wildcard === "*";
}
