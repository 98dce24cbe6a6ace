import { compareText } from "../../collections/sort";
import { stableId } from "../../collections/stable-id";
import { plainText } from "../../describe/phrase";
import type { AccessChange } from "./access-change";

/** What a change is made of, before it has an id. */
interface ChangeParts extends Omit<AccessChange, "id"> {
  /** Where it is, if that is known: the same name in another account is another thing. */
  readonly account?: string;
  /** All that it changes from and to, as plain data. */
  readonly before: unknown;
  readonly after: unknown;
}

/** A change with its id: another as soon as anything that it consists of is another. */
export function changeOf({ account, before, after, ...change }: ChangeParts): AccessChange {
  const { stack, aspect, subject, source, relation } = change;
  const addresses = [...new Set(change.addresses)].sort(compareText);
  const kind = source === "drift" ? "drift" : relation === "both-ways" ? "broader" : relation;
  // The sentences are part of the id: who gains depends on more than the two values.
  const said = change.sentences.map(({ effect, phrase }) => [effect, plainText(phrase)]);
  const parts = [
    stack,
    aspect,
    account ?? null,
    subject,
    addresses,
    source,
    relation,
    before,
    after,
    said,
    plainText(change.reason ?? []),
  ];
  // The risk is no part of the id: newer data about AWS must not undo what was accepted.
  const { reason, sentences, risk, documents } = change;
  const id = stableId(kind, parts);
  return {
    id,
    stack,
    aspect,
    subject,
    addresses,
    source,
    relation,
    ...(reason === undefined ? {} : { reason }),
    sentences,
    risk,
    ...(documents === undefined || sentences.every(({ proof }) => proof === undefined) ? {} : { documents }),
  };
}

/**
 * The text without its layout and the order of its keys, which JSON ignores. Other texts remain as
 * they are.
 */
export function canonical(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), (_, value: unknown) => inOrder(value));
  } catch {
    return text;
  }
}

function inOrder(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => compareText(one, other)));
}
