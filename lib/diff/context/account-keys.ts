import type { Timeline } from "./timelines";

/**
 * In which names of IAM are unique, as far as the plans say: an account, or what is known to be
 * one: a plan, or one of its provider configurations. Two that are not accounts may be the same
 * one.
 */
export function accountKeyOf({ account, stack, configuration }: Timeline): string {
  return account ?? `${UNKNOWN}${stack} ${configuration ?? ""}`;
}

/** Whether it is known which account a accountKey is. */
export function isKnownAccount(accountKey: string): boolean {
  return !accountKey.startsWith(UNKNOWN);
}

const UNKNOWN = "?";

/**
 * In which account a name is looked for. Plans that do not say in whose account they work are taken
 * for plans of the one account that others name, or of one account all together, so that gains
 * across them are told; that this is a guess is told besides (unknown-accounts.ts). Several
 * provider configurations of one plan are never taken for one account.
 */
export function assumedAccountKeys(all: readonly Timeline[]): (timeline: Timeline) => string {
  const accounts = new Set(all.flatMap(({ account }) => account ?? []));
  const [first] = accounts;
  const assumed = accounts.size < 2 ? (first ?? "") : undefined;
  return (timeline) =>
    timeline.configuration === undefined
      ? (timeline.account ?? assumed ?? accountKeyOf(timeline))
      : accountKeyOf(timeline);
}
