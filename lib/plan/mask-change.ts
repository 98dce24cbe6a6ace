import type { Phrase } from "../describe/phrase";
import type { AttributeChange, ResourceChange, ShownValue, StatementChange } from "./resource-change";
import { MASK, type Mask, NO_SECRETS } from "./sensitive/masking";

/** A change without its id. The id is computed from the masked change. */
export type ChangeDraft = Omit<ResourceChange, "id">;

/**
 * A change without any text that holds a secret: addresses, ids, paths, values and statements
 * alike.
 */
export function maskChange(change: ChangeDraft, mask: Mask): ChangeDraft {
  if (mask === NO_SECRETS) return change;
  const { address, previousAddress, action, importId, reason, attributes, replacedFor } = change;
  const { isOldForgotten, dataLoss } = change;
  return {
    address: mask(address),
    ...(previousAddress === undefined ? {} : { previousAddress: mask(previousAddress) }),
    action,
    ...(importId === undefined ? {} : { importId: mask(importId) }),
    ...(reason === undefined ? {} : { reason: maskPhrase(reason, mask) }),
    attributes: attributes.map((attribute) => maskAttribute(attribute, mask)),
    replacedFor: replacedFor.map(mask),
    ...(isOldForgotten === undefined ? {} : { isOldForgotten }),
    ...(dataLoss === undefined ? {} : { dataLoss: { ...dataLoss, name: mask(dataLoss.name) } }),
  };
}

/** Fixed words of a phrase are not secrets. */
function maskPhrase(phrase: Phrase, mask: Mask): Phrase {
  return phrase.map((part) => (typeof part === "string" ? part : { quoted: mask(part.quoted) }));
}

function maskAttribute({ path, before, after, statements }: AttributeChange, mask: Mask): AttributeChange {
  return {
    path: mask(path),
    before: maskShown(before, mask),
    after: maskShown(after, mask),
    ...(statements === undefined
      ? {}
      : { statements: statements.map((statement) => maskStatement(statement, mask)) }),
  };
}

function maskStatement({ effect, name, lines }: StatementChange, mask: Mask): StatementChange {
  return { effect, name: mask(name), lines: lines.map(({ mark, text }) => ({ mark, text: mask(text) })) };
}

export function maskShown(shown: ShownValue, mask: Mask): ShownValue {
  if (shown.kind !== "text") return shown;
  const text = mask(shown.text);
  if (text === shown.text) return shown;
  return text === MASK ? { kind: "sensitive" } : { kind: "text", text };
}
