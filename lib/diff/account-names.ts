import type { Access } from "../config/model/model";
import type { Phrase } from "../describe/phrase";
import { quoted } from "../describe/phrase";
import type { AccessChange } from "./model/access-change";

/**
 * A change with the accounts of access.yaml by their names, where it says who gains or loses it:
 * any principal in account `production`. What proves it keeps their numbers.
 */
export function withAccountNames(change: AccessChange, access: Access | undefined): AccessChange {
  if (access === undefined) return change;
  const names = new Map(access.accounts.map(({ id, key }) => [id, key]));
  const named = (phrase: Phrase): Phrase =>
    phrase.map((part) => {
      const name = typeof part === "string" ? undefined : names.get(part.quoted);
      return name === undefined ? part : quoted(name);
    });
  const { risk, sentences } = change;
  return {
    ...change,
    risk: { ...risk, who: named(risk.who) },
    sentences: sentences.map((one) => (one.who === undefined ? one : { ...one, who: named(one.who) })),
  };
}
