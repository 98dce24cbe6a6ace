import { ProjectError } from "../../errors";
import { parsePolicy } from "../../iam/language/read-policy";
import type { FoundPolicy, FoundRole } from "../inventory/inventory";

/** The ARN of one bucket or of objects in it: no wildcard or variable in the bucket's name. */
const ONE_BUCKET = /^arn:[a-z-]+:s3:::([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/|$)/;

/**
 * Buckets that the roles' permissions policies name, each with those roles, sorted. A policy that
 * cannot be parsed contributes none.
 */
export function bucketsOf(
  roles: readonly FoundRole[],
  policies: readonly FoundPolicy[],
): ReadonlyMap<string, readonly string[]> {
  const managed = new Map(policies.map(({ arn, document }) => [arn, document]));
  const found = new Map<string, Set<string>>();
  for (const role of roles) {
    const attached = role.attached.flatMap((arn) => managed.get(arn) ?? []);
    for (const document of [...role.inline.map((policy) => policy.document), ...attached]) {
      for (const name of namedIn(document)) {
        const roleNames = found.get(name) ?? new Set<string>();
        found.set(name, roleNames.add(role.name));
      }
    }
  }
  return new Map(
    [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, by]) => [name, [...by].sort()]),
  );
}

function namedIn(document: string): readonly string[] {
  try {
    return parsePolicy(document)
      .statements.filter(({ effect }) => effect === "Allow")
      .flatMap(({ resources }) => (resources === undefined || resources.negated ? [] : resources.values))
      .flatMap(({ text }) => ONE_BUCKET.exec(text)?.[1] ?? []);
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    return [];
  }
}
