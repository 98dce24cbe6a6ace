import type { Known } from "../../automata/formula";
import type { KeyRequirement, TextAnswer } from "./fact";
import type { Key, TextKey } from "./keys";

/**
 * What is required of a key. Undefined: nothing is.
 * @param needed the atoms that the counterexample needs; the others are undefined
 */
export function requirementOf(key: Key, needed: Known): KeyRequirement | undefined {
  const atoms = "line" in key ? key.line.atomsOf(key.at) : key.claim.atoms;
  if (atoms.every((one) => needed[one] === undefined)) return undefined;
  if ("claim" in key) return textRequirement(key, needed);
  const { isList } = key.kind;
  return { ...key.line.requirementOf(key.at, needed), isList, isOther: key.line.isOther(needed) };
}

function textRequirement({ kind, claim, asked }: TextKey, needed: Known): KeyRequirement {
  const required = claim.languages.flatMap((state, at) => {
    const [some, every] = [needed[claim.some[at] ?? -1], needed[claim.every[at] ?? -1]];
    return some === undefined && every === undefined ? [] : [{ values: asked.get(state), some, every }];
  });
  return {
    type: kind.type === "boolean" || kind.type === "arn" ? kind.type : "text",
    isList: claim.shape.isList,
    answers: required.flatMap(({ values, some, every }): readonly TextAnswer[] =>
      values === undefined ? [] : [{ ...values, some, every }],
    ),
    isComplete: required.every(({ values }) => values !== undefined),
  };
}
