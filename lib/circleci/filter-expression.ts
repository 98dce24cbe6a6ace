import type { RefPattern } from "../config/model/model";
import { everyTruth, notTruth, someTruth, type Truth } from "../iam/evaluate/truth";

/** One ref, or all that begin alike. */
export interface AskedRefs {
  readonly of: "branches" | "tags";
  readonly pattern: RefPattern;
}

const TOKEN =
  /\s*(?:(?<comparison>pipeline\.git\.(?<value>branch|tag)\s+(?<operator>==|!=|starts-with)\s+"(?<text>[^"]*)")|(?<word>and|or|not)(?![\w.-])|(?<bracket>[()]))/y;

/**
 * What one of CircleCI's filter expressions says of refs, as far as it compares
 * `pipeline.git.branch` and `pipeline.git.tag` with texts (CircleCI docs, "Expressions in your
 * configuration"; `not` binds before `and`, and `and` before `or`). Whatever else it asks makes the
 * whole unknown.
 */
export function evaluateExpression(expression: string, refs: AskedRefs): Truth {
  const tokens = tokensOf(expression);
  if (tokens === undefined) return "unknown";
  let at = 0;
  const peek = (word: string): boolean => {
    const token = tokens[at];
    return token?.word === word || token?.bracket === word;
  };
  let isWellFormed = true;
  const disjunction = (): Truth => {
    let result = conjunction();
    while (peek("or")) {
      at += 1;
      result = someTruth([result, conjunction()], (one) => one);
    }
    return result;
  };
  const conjunction = (): Truth => {
    let result = factor();
    while (peek("and")) {
      at += 1;
      result = everyTruth([result, factor()], (one) => one);
    }
    return result;
  };
  const factor = (): Truth => {
    if (peek("not")) {
      at += 1;
      return notTruth(factor());
    }
    if (peek("(")) {
      at += 1;
      const inner = disjunction();
      if (!peek(")")) isWellFormed = false;
      at += 1;
      return inner;
    }
    const token = tokens[at];
    at += 1;
    if (token?.comparison === undefined) {
      isWellFormed = false;
      return "unknown";
    }
    return compare(token.comparison, refs);
  };
  const result = disjunction();
  return isWellFormed && at === tokens.length ? result : "unknown";
}

/**
 * The texts that an expression compares branch and tag with. Undefined: it asks for something else,
 * or is malformed.
 */
export function textsCompared(expression: string): readonly string[] | undefined {
  const asked: AskedRefs = { of: "branches", pattern: { kind: "exact", name: "x" } };
  if (evaluateExpression(expression, asked) === "unknown") return undefined;
  return tokensOf(expression)?.flatMap(({ comparison }) => comparison?.text ?? []);
}

interface Comparison {
  readonly value: string;
  readonly operator: string;
  readonly text: string;
}

interface Token {
  readonly comparison?: Comparison;
  readonly word?: string;
  readonly bracket?: string;
}

function tokensOf(expression: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  const whole = expression.trimEnd();
  for (let at = 0; at < whole.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const { groups } = TOKEN.exec(whole) ?? {};
    if (groups === undefined) return undefined;
    const { comparison, value = "", operator = "", text = "", word, bracket } = groups;
    if (comparison !== undefined) tokens.push({ comparison: { value, operator, text } });
    else if (word !== undefined) tokens.push({ word });
    else if (bracket !== undefined) tokens.push({ bracket });
  }
  return tokens;
}

function compare({ value, operator, text }: Comparison, { of, pattern }: AskedRefs): Truth {
  if (operator === "!=") {
    const is = compare({ value, operator: "==", text }, { of, pattern });
    return is === "unknown" ? is : !is;
  }
  const isOther = (value === "branch") !== (of === "branches");
  // The value that does not apply is empty: it equals the empty text, and begins with nothing.
  if (isOther) return operator === "==" && text === "";
  if (pattern.kind === "exact")
    return operator === "==" ? pattern.name === text : pattern.name.startsWith(text);
  if (operator === "==") {
    // Every ref has a name.
    return text !== "" && text.startsWith(pattern.prefix) ? "unknown" : false;
  }
  if (pattern.prefix.startsWith(text)) return true;
  return text.startsWith(pattern.prefix) ? "unknown" : false;
}
