import { stableId } from "../../collections/stable-id";
import type { Attempt, Foreign, Usage } from "../../usage/answer/usage";
import { whoText } from "../../usage/answer/who";

/**
 * A token or principal that asked for a role and to which access.yaml does not grant it. `denied`:
 * AWS refused. `assumption`: it got a session.
 */
export interface Stranger {
  /** The same for the same caller, role and kind, whenever it was. */
  readonly id: string;
  readonly kind: "assumption" | "denied";
  readonly who: string;
  /** `website/deploy`, or an ARN. */
  readonly role: string;
  readonly why: string;
  readonly count: number;
  /** ISO 8601 in UTC, to the second. */
  readonly first: string;
  readonly last: string;
}

const WHY_FOREIGN: Readonly<Record<Foreign["why"], string>> = {
  role: "the role is not in access.yaml",
  provider: "through a provider that access.yaml does not declare",
  "no-token": "without a token, which no trust policy of access.yaml allows",
};

/**
 * Assumptions of one account that access.yaml does not explain, those that succeeded first. What it
 * grants today counts: someone who lost access since is reported for what was before.
 */
export function strangersIn(usage: Usage): readonly Stranger[] {
  const opened = usage.roles.flatMap(({ role, uses }) =>
    uses
      .filter(({ granted }) => granted === "no")
      .map((use) => strangerOf("assumption", whoText(use), role, "access.yaml does not grant it", use)),
  );
  const foreign = usage.foreign.map((one) =>
    strangerOf("assumption", one.who, one.role, WHY_FOREIGN[one.why], one),
  );
  const denied = usage.denied.map((one) => strangerOf("denied", whoText(one), one.role, whyDenied(one), one));
  return [...opened, ...foreign, ...denied];
}

/**
 * Roles that were assumed in a way of which access.yaml says neither yes nor no: hand-written ones.
 */
export function notJudgedIn({ roles }: Usage): readonly string[] {
  return roles
    .filter(({ uses }) => uses.some(({ granted }) => granted === "unknown"))
    .map(({ role }) => role);
}

function whyDenied({ error, granted, isVerified }: Attempt): string {
  if (!isVerified) return `refused (${error}); AWS did not verify the token, so anyone can have written it`;
  return granted === "no"
    ? `refused (${error}); access.yaml does not grant it`
    : `refused (${error}), although access.yaml may grant it`;
}

function strangerOf(
  kind: Stranger["kind"],
  who: string,
  role: string,
  why: string,
  { count, first, last }: Pick<Stranger, "count" | "first" | "last">,
): Stranger {
  return { id: stableId(kind, [who, role, why]), kind, who, role, why, count, first, last };
}
