import { adviceFor } from "../../collections/suggest";
import type { Reporter } from "../yaml/problem";
import type { Field, Outline } from "./outline";

/** Every name that groups and roles use must exist, and be either a person or a group. */
export function checkMembers(outline: Outline, report: Reporter): void {
  const people = new Set(outline.people.map((person) => person.name));
  const groups = new Set(outline.groups.map((group) => group.name));
  for (const { name, path } of outline.groups) {
    if (!people.has(name)) continue;
    report.atKey(path, {
      code: "group-named-as-person",
      message: "a group and a person have the same name",
      found: name,
      allowed: "different names for people and groups",
      fix: "rename the group",
    });
  }
  for (const members of listsOf(outline)) reportTwice(members, report);
  if (outline.memberNames === undefined) return;
  for (const { members } of outline.groups) {
    for (const member of members) checkGroupMember(member, people, groups, report);
  }
  for (const { roles } of outline.projects) {
    for (const { people: listed } of roles) {
      for (const member of listed) checkRoleMember(member, outline.memberNames, report);
    }
  }
}

function listsOf({ groups, projects }: Outline): readonly (readonly Field[])[] {
  const roles = projects.flatMap((project) => project.roles);
  return [...groups.map(({ members }) => members), ...roles.map(({ people }) => people)];
}

/** With two entries, it would not be clear which one holds. checks/lists.ts reports equal texts. */
function reportTwice(members: readonly Field[], report: Reporter): void {
  const seen = new Map<string, Field>();
  for (const member of members) {
    const first = seen.get(member.value);
    if (first === undefined) seen.set(member.value, member);
    else if (first.path.length !== member.path.length || typeof member.path.at(-1) === "string") {
      report.atKey(member.path, {
        code: "listed-twice",
        message: "the list contains this name twice",
        found: member.value,
        allowed: "each name once",
        fix: "remove one of the two, or give one entry the longer period",
      });
    }
  }
}

function checkGroupMember(
  member: Field,
  people: ReadonlySet<string>,
  groups: ReadonlySet<string>,
  report: Reporter,
): void {
  if (people.has(member.value) || member.value === "everyone") return;
  if (groups.has(member.value)) {
    report.atKey(member.path, {
      code: "group-in-group",
      message: "a group cannot contain a group",
      found: member.value,
      allowed: "names from `people`",
      fix: "name the people",
    });
  } else {
    report.atKey(member.path, {
      code: "unknown-person",
      message: "no person has this name",
      found: member.value,
      allowed: "names from `people`",
      fix: adviceFor(member.value, people, "add the person to `people`"),
    });
  }
}

function checkRoleMember(member: Field, known: ReadonlySet<string>, report: Reporter): void {
  // The schema reports `everyone` in a list.
  if (known.has(member.value) || member.value === "everyone") return;
  report.atKey(member.path, {
    code: "unknown-person",
    message: "no person or group has this name",
    found: member.value,
    allowed: "names from `people` and `groups`",
    fix: adviceFor(member.value, known, "add the person to `people`"),
  });
}
