import type { Known } from "../../automata/formula";
import type { KeyRequirement, TextAnswer } from "./fact";
import type { Key, TextKey } from "./key";

/**
 * What is required of a key. Undefined: nothing is.
 * @param needed the atoms that the counterexample needs; the others are undefined
 */
export function requirementOf(key: Key, needed: Known): KeyRequirement | undefined {
  const atoms = "ordered" in key ? key.ordered.atomsOf(key.at) : key.text.atoms;
  if (atoms.every((one) => needed[one] === undefined)) return undefined;
  if ("text" in key) return textRequirement(key, needed);
  const { isList } = key.kind;
  return { ...key.ordered.requirementOf(key.at, needed), isList, isOther: key.ordered.isOther(needed) };
}

function textRequirement({ kind, text, asked }: TextKey, needed: Known): KeyRequirement {
  const required = text.languages.flatMap((state, at) => {
    const [some, every] = [needed[text.some[at] ?? -1], needed[text.every[at] ?? -1]];
    return some === undefined && every === undefined ? [] : [{ values: asked.get(state), some, every }];
  });
  return {
    type: kind.type === "boolean" || kind.type === "arn" ? kind.type : "text",
    isList: text.shape.isList,
    answers: required.flatMap(({ values, some, every }): readonly TextAnswer[] =>
      values === undefined ? [] : [{ ...values, some, every }],
    ),
    isComplete: required.every(({ values }) => values !== undefined),
  };
}
