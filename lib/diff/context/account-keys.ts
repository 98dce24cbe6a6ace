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
 * The account in which a name is looked up. Plans with an unknown account are assumed to belong to
 * the one known account, or all to one account, so that gains across them are reported. The
 * assumption itself is reported too (unknown-accounts.ts). Several provider configurations of one
 * plan are never assumed to be one account.
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
