import { ofMissingKey } from "../iam/evaluate/compile-condition";
import { parseInstant } from "../iam/language/operands/instant";
import {
  type Condition,
  type Operator,
  type OperatorBase,
  PATTERN_OPERATORS,
  type Value,
} from "../iam/language/policy";
import { CLOCK, isDocumentedList } from "../iam/prove/keys/known-keys";
import { booleanWords, keyWords, withAnyOrganization, withKey } from "./key-names";
import { listPhrases } from "./list";
import { addressPhrase, describeDate } from "./ordered-values";
import { joinPhrases, type Phrase, quoted } from "./phrase";

/** So many values are named; the rest is counted. */
const SHOWN = 3;
/** So many conditions of one statement are named; the rest is counted. */
const MOST_CONDITIONS = 4;

/** What an operator says of a key's value, and of one that must not match: after the key's name. */
interface OperatorWords {
  readonly is: string;
  readonly isNot: string;
  /** After the values. */
  readonly after?: string;
  readonly value?: (text: string) => Phrase;
}

const EQUALS: OperatorWords = { is: "equal to", isNot: "other than" };
const LIKE: OperatorWords = { is: "like", isNot: "unlike" };
const IGNORING_CASE = " (in any letter case)";

/** Each operator of the IAM User Guide, "IAM JSON policy elements: Condition operators". */
const OPERATORS: Readonly<Record<Exclude<OperatorBase, "Null">, OperatorWords>> = {
  StringEquals: EQUALS,
  StringEqualsIgnoreCase: { ...EQUALS, after: IGNORING_CASE },
  StringLike: LIKE,
  ArnEquals: LIKE,
  ArnLike: LIKE,
  BinaryEquals: EQUALS,
  Bool: EQUALS,
  NumericEquals: EQUALS,
  NumericLessThan: { is: "below", isNot: "at least" },
  NumericLessThanEquals: { is: "at most", isNot: "above" },
  NumericGreaterThan: { is: "above", isNot: "at most" },
  NumericGreaterThanEquals: { is: "at least", isNot: "below" },
  DateEquals: { is: "at", isNot: "at any time other than", value: date },
  DateLessThan: { is: "before", isNot: "from", value: date },
  DateLessThanEquals: { is: "until", isNot: "after", value: date },
  DateGreaterThan: { is: "after", isNot: "until", value: date },
  DateGreaterThanEquals: { is: "from", isNot: "before", value: date, after: " on" },
  IpAddress: { is: "in", isNot: "outside", value: addressPhrase },
};

/**
 * The conditions of a statement, to follow "only ": over TLS and from outside `10.0.0.0/8`. Empty:
 * it has none.
 */
export function describeConditionsOf(conditions: readonly Condition[]): Phrase {
  const shown = conditions.slice(0, MOST_CONDITIONS).map(describeCondition);
  const left = conditions.length - MOST_CONDITIONS;
  return joinPhrases(
    [...shown, ...(left > 0 ? [[`under ${left} more ${left === 1 ? "condition" : "conditions"}`]] : [])],
    " and ",
  );
}

/**
 * One condition by its operator and qualifier, and by what a missing key means under them
 * (`ofMissingKey`), to follow "requests": before 1 March 2027; from outside `10.0.0.0/8`; with
 * every value of `aws:TagKeys` like `cost-*`, or without it.
 */
export function describeCondition({ operator, key, values }: Condition): Phrase {
  const { base, negated } = operator;
  if (base === "Null") return presence(key, values);
  const [first, ...others] = values;
  const words = booleanWords(key);
  // A missing key of these is as good as false.
  if (base === "Bool" && words !== undefined && others.length === 0 && operator.qualifier === "none")
    return isTrue(first) ? [words.yes, ...orMissing(operator, key)] : [words.no];
  const { is, isNot, after = "", value } = OPERATORS[base];
  const listed = listPhrases(
    values.map(({ text }) => value?.(text) ?? [quoted(text)]),
    { word: negated ? "and" : "or", most: SHOWN },
  );
  const said: Phrase = [`${negated ? isNot : is} `, ...listed, ...(after === "" ? [] : [after])];
  if (operator.qualifier !== "none" && !isOneValue(key)) {
    const which = operator.qualifier === "ForAllValues" ? "with every value of " : "with a value of ";
    return [which, quoted(key), " ", ...said, ...orMissing(operator, key)];
  }
  if (CLOCK.includes(key.toLowerCase())) return [...said, ...orMissing(operator, key)];
  // Values of these are named after the words of a key: from organization `o-1`.
  const named = PATTERN_OPERATORS.has(base) ? keyWords(key) : undefined;
  if (named === undefined) return [...withKey(key), " ", ...said, ...orMissing(operator, key)];
  return [
    ...withAnyOrganization([`${negated ? named.outside : named.in} `, ...listed]),
    ...(after === "" ? [] : [after]),
    ...orMissing(operator, key),
  ];
}

/** A qualifier on a key that has one value says nothing more, but of requests without the key. */
function isOneValue(key: string): boolean {
  return isDocumentedList(key.toLowerCase()) === false;
}

/**
 * Requests without the key, which negated operators, `IfExists` and `ForAllValues` take too. That a
 * value is not there is what a reader expects of "other than" and "outside"; it is said of the
 * rest.
 */
function orMissing(operator: Operator, key: string): Phrase {
  const isUnexpected = operator.ifExists || operator.qualifier === "ForAllValues";
  return isUnexpected && ofMissingKey(operator) ? [", or without ", quoted(key)] : [];
}

/** `Null` is true for requests without the key, false for those with it. */
function presence(key: string, values: readonly Value[]): Phrase {
  const wanted = new Set(values.map(isTrue));
  if (wanted.size > 1) return ["with or without ", quoted(key)];
  return [wanted.has(true) ? "without " : "with any ", quoted(key)];
}

function isTrue(value: Value | undefined): boolean {
  return value?.text.toLowerCase() === "true";
}

/** A day in words, another time as it is written. */
function date(text: string): Phrase {
  const moment = parseInstant(text);
  return [moment === undefined ? quoted(text) : describeDate(moment)];
}
