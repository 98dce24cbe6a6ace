import fc from "fast-check";
import type { ConditionJson } from "../requests/write";

/** A world in which every value that matters of every type of key can be looked at. */
interface SmallKey {
  readonly name: string;
  /** Undefined: it is missing. */
  readonly states: readonly (readonly string[] | undefined)[];
  readonly operators: readonly string[];
  /** What policies write. */
  readonly wanted: readonly string[];
}

const one = (...texts: readonly string[]): SmallKey["states"] => [undefined, ...texts.map((text) => [text])];
const ordered = (family: string): readonly string[] =>
  ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"].map(
    (name) => `${family}${name}`,
  );
const TEXTS = ["StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase"];
const ARNS = ["ArnEquals", "ArnLike", "ArnNotLike"];

/** Before, at and after each of two dates; the seconds are those of the first list. */
const MOMENTS = [
  "2025-06-01T00:00:00Z",
  "2026-01-01T00:00:00Z",
  "2026-01-01T00:00:01Z",
  "2026-06-01T00:00:00Z",
  "2027-01-01T00:00:00Z",
  "2027-06-01T00:00:00Z",
];
const SECONDS = MOMENTS.map((text) => String(Date.parse(text) / 1_000));
const WANTED_MOMENTS = [
  "2026-01-01T00:00:00Z",
  "2026-01-01T01:00:00+01:00",
  "1767225600",
  "2027",
  "2026-12-31T23:00:00-01:00",
];

const TIME = "aws:CurrentTime";
const EPOCH = "aws:EpochTime";

const KEYS: readonly SmallKey[] = [
  {
    name: "aws:SourceIp",
    states: one(
      "10.1.0.1",
      "10.1.0.2",
      "10.255.255.255",
      "11.0.0.0",
      "10.2.0.1",
      "192.168.0.1",
      "203.0.113.7",
      "2001:db8::1",
      "2001:db9::1",
    ),
    operators: ["IpAddress", "NotIpAddress"],
    wanted: [
      "10.0.0.0/8",
      "10.9.9.9/8",
      "10.1.0.0/16",
      "10.1.0.1",
      "11.0.0.0/8",
      "0.0.0.0/0",
      "2001:db8::/32",
      "::/0",
    ],
  },
  { name: TIME, states: one(...MOMENTS), operators: ordered("Date"), wanted: WANTED_MOMENTS },
  {
    name: EPOCH,
    states: one(...SECONDS),
    operators: [...ordered("Date"), "NumericLessThan", "NumericGreaterThanEquals"],
    wanted: ["1767225600", "1798761600"],
  },
  {
    name: "sts:DurationSeconds",
    states: one("-1", "5", "5.5", "6", "10", "11"),
    operators: ordered("Numeric"),
    wanted: ["5", "5.0", "+05.00", "6", "10"],
  },
  {
    name: "aws:SecureTransport",
    states: one("true", "false"),
    operators: ["Bool", "Bool", "StringEquals", "StringNotEquals", "StringLike"],
    wanted: ["true", "false"],
  },
  {
    name: "aws:SourceArn",
    states: one("arn:aws:sns:eu:1:a", "arn:aws:sns:eu:2:a", "arn:aws:sqs:eu:1:a:b", "arn:aws:sns:eu:1:ab"),
    operators: [...ARNS, ...ARNS, "StringLike", "StringNotEquals"],
    wanted: ["arn:aws:sns:eu:1:a", "arn:aws:sns:*:*:a*", "arn:aws:s?s:eu:1:*", "*", "arn:aws:sns:eu:*"],
  },
  {
    name: "sts:Bytes",
    states: one("QUI=", "QUJD", "qui="),
    operators: ["BinaryEquals"],
    wanted: ["QUI=", "QUJD"],
  },
  {
    name: "aws:SourceVpc",
    states: one("", "a", "A", "ab", "z"),
    operators: TEXTS,
    wanted: ["a", "A", "ab", "a*", "*", "?", ""],
  },
  {
    name: "aws:TagKeys",
    states: [undefined, [""], ["a"], ["z"], ["a", "ab"], ["a", "z"]],
    operators: TEXTS,
    wanted: ["a", "ab", "a*", "z", ""],
  },
  {
    name: "sts:Sizes",
    states: [undefined, ["1"], ["5"], ["7"], ["1", "7"], ["5", "7"], ["1", "5", "7"]],
    operators: ordered("Numeric"),
    wanted: ["5", "7", "5.0"],
  },
  {
    name: "aws:PrincipalTag/level",
    states: one("4", "5", "6", "five", ""),
    operators: [...ordered("Numeric"), "Bool", "StringNotEquals"],
    wanted: ["5", "6"],
  },
];
const MULTIVALUED: ReadonlySet<string> = new Set(["aws:TagKeys", "sts:Sizes"]);
/** Keys with several values have three qualifiers, and only a rare request tells them apart. */
const LISTS = KEYS.filter(({ name }) => MULTIVALUED.has(name));
/** A third key multiplies the requests by ten, and adds little to what two of them show. */
const MOST_KEYS = process.env.LONG === "1" ? 3 : 2;

/** Requests, by the values of their keys; the two keys of the clock tell one moment. */
export function statesOf(text: string): readonly ReadonlyMap<string, readonly string[]>[] {
  let states: readonly ReadonlyMap<string, readonly string[]>[] = [new Map()];
  for (const { name, states: own } of KEYS.filter((key) => text.includes(`"${key.name}"`))) {
    states = states.flatMap((some) =>
      own.flatMap((values) => {
        if (values === undefined) return [some];
        const moment = some.get(TIME)?.[0];
        if (
          name === EPOCH &&
          moment !== undefined &&
          SECONDS.indexOf(values[0] ?? "") !== MOMENTS.indexOf(moment)
        )
          return [];
        return [new Map([...some, [name, values]])];
      }),
    );
  }
  return states;
}

function conditionOn({ name, operators, wanted }: SmallKey): fc.Arbitrary<ConditionJson> {
  const isSet = MULTIVALUED.has(name);
  const operator = fc
    .tuple(
      fc.constantFrom(
        ...(isSet ? ["ForAllValues:", "ForAnyValue:"] : ["", "", "", "ForAnyValue:", "ForAllValues:"]),
      ),
      fc.constantFrom(...operators),
      fc.constantFrom("", "", "IfExists"),
    )
    // What a missing key means to ForAnyValue with IfExists, the User Guide does not say.
    .map(
      ([qualifier, base, ifExists]) => `${qualifier}${base}${qualifier === "ForAnyValue:" ? "" : ifExists}`,
    );
  const comparing = fc
    .tuple(operator, fc.array(fc.constantFrom(...wanted), { minLength: 1, maxLength: 3 }))
    .map(([written, texts]) => {
      const values = written.includes("Bool") ? texts.map((text) => String(text.length % 2 === 0)) : texts;
      return { [written]: { [name]: values } };
    });
  const presence = fc.constantFrom("true", "false").map((isMissing) => ({ Null: { [name]: isMissing } }));
  return fc.oneof({ weight: 7, arbitrary: comparing }, { weight: 1, arbitrary: presence });
}

export interface SmallStatement {
  readonly effect: "Allow" | "Deny";
  readonly conditions: ConditionJson;
}

/** Two lists of statements about the same few keys; often the second is the first with a change. */
export const anyPair: fc.Arbitrary<readonly [readonly SmallStatement[], readonly SmallStatement[]]> = fc
  .uniqueArray(fc.constantFrom(...KEYS, ...LISTS, ...LISTS), { minLength: 1, maxLength: MOST_KEYS })
  .chain((keys) => {
    const statement = fc
      .tuple(
        fc.constantFrom("Allow" as const, "Allow" as const, "Deny" as const),
        fc.array(fc.constantFrom(...keys).chain(conditionOn), { maxLength: 3 }),
      )
      .map(([effect, conditions]) => ({ effect, conditions: conditions.reduce(merge, {}) }));
    const list = fc.array(statement, { minLength: 1, maxLength: 3 });
    return fc.oneof(
      fc.tuple(list, list),
      fc.tuple(list, statement).map(([some, more]) => [some, [...some, more]] as const),
      fc
        .tuple(list, list)
        .map(
          ([some, other]) => [some, [...some.slice(1), ...other.slice(0, 1), ...some.slice(0, 1)]] as const,
        ),
    );
  });

function merge(some: ConditionJson, more: ConditionJson): ConditionJson {
  const merged: Record<string, Readonly<Record<string, string | readonly string[]>>> = { ...some };
  for (const [name, keys] of Object.entries(more)) merged[name] = { ...merged[name], ...keys };
  return merged;
}
