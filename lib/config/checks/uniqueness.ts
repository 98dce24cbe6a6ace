import type { ErrorCode } from "../../errors";
import { formatPath, type Reporter } from "../yaml/problem";
import type { Field, Outline } from "./outline";

/** IDs and bucket names must be unique. */
export function checkUniqueness(outline: Outline, report: Reporter): void {
  const people = outline.people.flatMap(({ id }) => id ?? []);
  const projects = outline.projects.flatMap(({ id }) => id ?? []);
  const organizations = outline.organizations.flatMap(({ id }) => id ?? []);
  reportTwice("duplicate-person-id", "another person has this ID", people, report);
  reportTwice("duplicate-project-id", "another project has this ID", projects, report);
  reportTwice("duplicate-organization-id", "another organization has this ID", organizations, report);
  reportAcross([organizations, people, projects], report);

  const accounts = outline.accounts.flatMap(({ id }) => id ?? []);
  reportTwice("duplicate-account-id", "another account has this ID", accounts, report);

  // Bucket names are globally unique, so a state bucket and a role's bucket collide even across
  // accounts.
  const stateBuckets = outline.accounts.flatMap(({ stateBucket }) => stateBucket ?? []);
  const otherBuckets = outline.projects.flatMap(({ roles, buckets }) =>
    [...roles, ...buckets].flatMap(({ bucket }) => bucket ?? []),
  );
  reportTwice(
    "duplicate-bucket",
    "another entry has this bucket",
    [...stateBuckets, ...otherBuckets],
    report,
  );
}

function reportTwice(code: ErrorCode, message: string, fields: readonly Field[], report: Reporter): void {
  const seen = new Map<string, Field>();
  for (const field of fields) {
    const same = field.value.toLowerCase();
    const first = seen.get(same);
    if (first === undefined) seen.set(same, field);
    else {
      report.at(field.path, {
        code,
        message: `${message}: ${formatPath(first.path)}`,
        found: field.value,
        allowed: "a value that is unique in the file",
        fix: "remove one of the two entries, or correct the value",
      });
    }
  }
}

/** An ID of both a person and a project was copied by mistake; no token would match it. */
function reportAcross(kinds: readonly (readonly Field[])[], report: Reporter): void {
  const earlier = new Map<string, Field>();
  for (const fields of kinds) {
    for (const field of fields) {
      const other = earlier.get(field.value.toLowerCase());
      if (other === undefined) continue;
      report.at(field.path, {
        code: "id-of-something-else",
        message: `${formatPath(other.path)} already has this ID`,
        found: field.value,
        allowed: "an ID that is unique in the file",
        fix: "copy the right ID from CircleCI",
      });
    }
    for (const field of fields) earlier.set(field.value.toLowerCase(), field);
  }
}
