import { hasGrant, periodsFor } from "../../config/model/grants";
import type { Access, Role } from "../../config/model/model";
import { firstMomentOf, momentAfter, momentRule, writeMoment } from "../../config/rules/moment";
import { reasonRule } from "../../config/rules/reason";
import { addElement, replaceElement } from "../../config/yaml/edit-list";
import { readYaml } from "../../config/yaml/yaml-source";
import { entriesOf, lookUp } from "../../config/yaml/yaml-tree";
import { roleKey } from "../../describe/role";
import { ProjectError } from "../../errors";
import { type OwnRole, rolesInQuestion } from "../../explain/question";
import { unknownName, wrongCall } from "../../project/unknown-name";
import { lengthOf } from "./duration";
import { openAccess, writeAccess } from "./edited-file";
import { namesIn } from "./prune-text";

export interface GrantOptions {
  /** A name of `people` or `groups`. */
  readonly name: string;
  /** Its key, its name in IAM, or `project/key`. */
  readonly role: string;
  /** `2h`, `90m`, `3d`. This or `until`. */
  readonly for?: string;
  /** A day or a time with its zone, as in access.yaml. */
  readonly until?: string;
  readonly from?: string;
  readonly reason?: string;
}

export interface Granted {
  readonly file: string;
  readonly name: string;
  /** `website/deploy`. */
  readonly role: string;
  readonly from?: string;
  /** The first moment after it: ISO 8601 in UTC. */
  readonly end: string;
  readonly reason?: string;
  /** True: an entry with another period was replaced. */
  readonly replaced: boolean;
  readonly diff: string;
}

/**
 * Writes an entry with an end into the list of a role, and keeps every other character.
 * @param now ISO 8601 in UTC, to the second
 * @throws ProjectError `unknown-person`, `unknown-role`, `wrong-call`, `already-granted`,
 * `yaml-layout` (exit 2); AccessFileError: nothing was changed
 */
export function grant(file: string, options: GrantOptions, now: string, isDryRun: boolean): Granted {
  const period = readPeriod(options, now);
  const open = openAccess(file, isDryRun);
  const root = readYaml(open.text).root;
  const { name } = options;
  const known = ["people", "groups"].flatMap((map) =>
    entriesOf(lookUp(root, [map]).value).map(([one]) => one),
  );
  if (!known.includes(name)) throw unknownName("person", name, known);
  const { project, role } = onlyRole(open.access, options.role);
  const key = roleKey(project, role);
  refuseWithoutEffect(open.access, role, name, key);
  const list = ["projects", project.key, "roles", role.key, "people"] as const;
  const entry = { [name]: period.entry };
  const index = namesIn(root, list).indexOf(name);
  const edited =
    index === -1 ? addElement(open.text, list, entry) : replaceElement(open.text, list, index, entry);
  const { diff } = writeAccess(open, edited, isDryRun);
  const { reason } = options;
  return {
    file,
    name,
    role: key,
    ...(period.start === undefined ? {} : { from: period.start }),
    end: period.end,
    ...(reason === undefined ? {} : { reason }),
    replaced: index !== -1,
    diff,
  };
}

function onlyRole(access: Access, wanted: string): OwnRole & { readonly role: Role } {
  const [found, ...others] = rolesInQuestion(access, wanted);
  if (found === undefined || others.length > 0)
    throw wrongCall(
      `several roles are called "${wanted}"`,
      `write one of ${rolesInQuestion(access, wanted)
        .map(({ project, role }) => roleKey(project, role))
        .join(", ")}`,
    );
  const { project, role } = found;
  if (!hasGrant(role) || role.trust !== undefined)
    throw wrongCall(
      `the trust policy of ${roleKey(project, role)} is a file, which this command does not edit`,
      "change the file, or remove `trust` so that the policy is written from `people`",
    );
  return { project, role };
}

/** An end would take access away, or change nothing, where it is granted without one. */
function refuseWithoutEffect(access: Access, { grant: { people } }: Role, name: string, key: string): void {
  const person = access.people.find((one) => one.name === name);
  const isAlways =
    people.kind === "everyone"
      ? people.periods === undefined
      : people.members.some(({ id }) => id === person?.id) &&
        person !== undefined &&
        periodsFor(people, person.id) === undefined;
  if (people.kind !== "everyone" && !isAlways) return;
  throw new ProjectError({
    code: "already-granted",
    message:
      people.kind === "everyone"
        ? `everyone who can start a pipeline may assume ${key}`
        : `${name} may assume ${key} already, without an end`,
    found: name,
    fix: "nothing needs to be done; to let the access end, write `until` at the entry in access.yaml",
    exitCode: 2,
  });
}

interface GrantPeriod {
  readonly start?: string;
  readonly end: string;
  /** What the file says. */
  readonly entry: Readonly<Record<string, string>>;
}

function readPeriod(options: GrantOptions, now: string): GrantPeriod {
  const { from, until, reason } = options;
  const problem = reason === undefined ? undefined : reasonRule(reason);
  if (problem !== undefined) throw wrongCall(`--reason: ${problem.message}`, problem.fix);
  if ((options.for === undefined) === (until === undefined))
    throw wrongCall(
      options.for === undefined ? "the grant has no end" : "--for and --until exclude each other",
      "add one of --for 2h and --until 2026-12-31",
    );
  const start = from === undefined ? undefined : firstMomentOf(checked("from", from));
  const written = until === undefined ? after(start ?? now, options.for ?? "") : checked("until", until);
  const end = momentAfter(written);
  if (end <= now) throw wrongCall(`--until ${written} is in the past`, "name a later moment");
  return {
    ...(start === undefined ? {} : { start }),
    end,
    entry: {
      ...(from === undefined ? {} : { from }),
      until: written,
      ...(reason === undefined ? {} : { reason }),
    },
  };
}

function checked(option: string, text: string): string {
  const violation = momentRule(text);
  if (violation !== undefined) throw wrongCall(`--${option} ${text}: ${violation.message}`, violation.fix);
  return text;
}

const MINUTE = 60_000;

/** In whole minutes, rounded up: `2026-12-31T18:00Z`. */
function after(start: string, duration: string): string {
  const ms = Date.parse(start) + lengthOf(duration);
  return writeMoment(Math.ceil(ms / MINUTE) * MINUTE).replace(/:00Z$/, "Z");
}
