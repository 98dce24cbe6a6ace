import type { ErrorCode } from "../../errors";
import { formatPath, type Reporter } from "../yaml/problem";
import type { Field, Outline } from "./outline";

/** Ids and bucket names that must not stand for two things. */
export function checkUniqueness(outline: Outline, report: Reporter): void {
  const people = outline.people.flatMap(({ id }) => id ?? []);
  const projects = outline.projects.flatMap(({ id }) => id ?? []);
  const organization = outline.organization.id === undefined ? [] : [outline.organization.id];
  reportTwice("duplicate-person-id", "this person is here already under another name", people, report);
  reportTwice("duplicate-project-id", "this project is here already under another name", projects, report);
  reportAcross([organization, people, projects], report);

  const accounts = outline.accounts.flatMap(({ id }) => id ?? []);
  reportTwice("duplicate-account-id", "this account is here already under another name", accounts, report);

  // S3 has one name space for all accounts, so a state bucket and a role's bucket collide even in
  // different accounts.
  const stateBuckets = outline.accounts.flatMap(({ stateBucket }) => stateBucket ?? []);
  const otherBuckets = outline.projects.flatMap(({ roles, buckets }) =>
    [...roles, ...buckets].flatMap(({ bucket }) => bucket ?? []),
  );
  reportTwice(
    "duplicate-bucket",
    "another entry has this bucket already",
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
        allowed: "each once in the file",
        fix: "remove one of the two entries, or correct what was copied",
      });
    }
  }
}

/**
 * A person's id that is also a project's is a slip of the clipboard, and a trust policy with it
 * would let nobody in.
 */
function reportAcross(kinds: readonly (readonly Field[])[], report: Reporter): void {
  const earlier = new Map<string, Field>();
  for (const fields of kinds) {
    for (const field of fields) {
      const other = earlier.get(field.value.toLowerCase());
      if (other === undefined) continue;
      report.at(field.path, {
        code: "id-of-something-else",
        message: `this id belongs to something else: ${formatPath(other.path)}`,
        found: field.value,
        allowed: "an id of its own",
        fix: "copy the right id from CircleCI",
      });
    }
    for (const field of fields) earlier.set(field.value.toLowerCase(), field);
  }
}
