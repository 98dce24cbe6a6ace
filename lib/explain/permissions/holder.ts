import type { Phrase } from "../../describe/phrase";
import type { Permissions } from "../../iam/prove/requests/compare-permissions";

/** A role or user whose permissions are asked about. */
export interface Holder {
  /** Its name in IAM; of a user with its kind: user `eve`. */
  readonly name: string;
  readonly permissions: Permissions;
  /** Who acts as it, such as: alice from `main` of `github.com/acme/website`. Empty: not known. */
  readonly who: Phrase;
  /** By their names in access.yaml, sorted. */
  readonly people: readonly string[];
}

/** Names of policies with unknown contents: what they allow is not in an answer. */
export function unknownPolicies({
  permissions: { identity, boundary, session },
}: Pick<Holder, "permissions">): readonly string[] {
  const sources = [...identity, ...(boundary === undefined ? [] : [boundary]), ...(session ?? [])];
  return [...new Set(sources.flatMap((one) => (one.kind === "opaque" ? [one.name] : [])))].sort();
}
