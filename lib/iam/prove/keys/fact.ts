import type { Decimal } from "../../language/operands/decimal";
import type { IntervalSet } from "./interval-set";

/** What must also be true of a request, beside its token or call, for a counterexample to hold. */
export type Fact = KeyFact | OtherFact;

/** A condition key has values that meet a requirement. */
export interface KeyFact {
  /** As a policy writes it. */
  readonly key: string;
  /** Values that meet the requirement, as an example. */
  readonly values: readonly string[] | "absent";
  readonly requirement: KeyRequirement;
}

/** Something that no value settles, such as what a policy allows whose text is not known. */
export interface OtherFact {
  /** What it is about, such as the ARN of a policy. */
  readonly key: string;
  /** What is true of it or not: `allows it`. */
  readonly saying: string;
  readonly holds: boolean;
  readonly values?: undefined;
}

/** What a counterexample needs of a key's values, in terms of the policies' own conditions. */
export type KeyRequirement = (OrderedRequirement & OrderedKey) | TextRequirement;

export type OrderedRequirement =
  | { readonly type: "number"; readonly answers: readonly SetAnswer<Decimal>[] }
  | { readonly type: "date"; readonly answers: readonly SetAnswer<number>[] }
  | { readonly type: "address"; readonly answers: readonly SetAnswer<bigint>[] };

interface OrderedKey {
  readonly isList: boolean;
  /** Whether the value must be of another type than the one that policies compare. */
  readonly isOther: boolean;
}

/** Whether a value is in a set, which a policy writes as these texts. */
export interface SetAnswer<V> {
  readonly set: IntervalSet<V>;
  readonly isIn: boolean;
  readonly texts: readonly string[];
}

export interface TextRequirement {
  readonly type: "text" | "boolean" | "arn";
  readonly isList: boolean;
  readonly answers: readonly TextAnswer[];
  /** False: something is required that no condition of the policies says. */
  readonly isComplete: boolean;
}

/**
 * Whether some or all texts of a key match the values of a condition. Undefined: either will do.
 */
export interface TextAnswer {
  readonly texts: readonly string[];
  /** Whether the values are compared to the letter, without wildcards. */
  readonly isLiteral: boolean;
  readonly some: boolean | undefined;
  readonly every: boolean | undefined;
}
