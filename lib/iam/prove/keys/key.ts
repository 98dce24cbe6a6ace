import type { Formula } from "../../automata/formula";
import type { TextDimension } from "../core/text-dimension";
import type { TextAnswer } from "./fact";
import type { KeyKind } from "./key-kinds";
import type { AnyOrderedDimension } from "./ordered-keys";

/** A condition key, as a dimension of its type. */
export type Key = TextKey | OrderedKey;

export interface TextKey {
  readonly kind: KeyKind;
  readonly text: TextDimension;
  /** The values that policies compare it with, by the state of their language. */
  readonly asked: Map<number, Pick<TextAnswer, "texts" | "isLiteral">>;
}

/** A number, a date or an address. Two keys can share a dimension: two names of one time. */
export interface OrderedKey {
  readonly kind: KeyKind;
  readonly ordered: AnyOrderedDimension;
  /** Which of its names. */
  readonly at: number;
}

/** "The key is in the request." */
export function isPresentIn(key: Key): Formula {
  return "ordered" in key ? key.ordered.isPresent(key.at) : key.text.isPresent;
}
