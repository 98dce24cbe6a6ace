import { z } from "zod";
import { accountView } from "../../config/model/account-view";
import { hasGrant, periodsFor } from "../../config/model/grants";
import type { Access, AnyRole, DatedEntry } from "../../config/model/model";
import {
  describeEndAt,
  describeEndOf,
  describeReason,
  endedEntries,
  endingEntries,
} from "../../describe/dated-entries";
import { type Phrase, plainText, quoted } from "../../describe/phrase";
import type { AccessChange } from "../../diff/model/access-change";
import { phraseSchema } from "../../plan/resource-change";

const text = z.string();

export const endingSchema = z
  .strictObject({
    /** `changed`: access that a change grants or limits. `entry`: an entry of access.yaml. */
    kind: z.enum(["changed", "entry"]),
    end: text.meta({ description: "The first moment after it: ISO 8601 in UTC, to the second." }),
    phrase: phraseSchema.meta({
      description: "Such as: access of `bob` to `website-deploy` ends in 3 days, on 31 December 2026.",
    }),
  })
  .readonly()
  .meta({ id: "Ending" });

export type Ending = z.infer<typeof endingSchema>;

/**
 * What ends, the first end first: access that planned changes grant or limit; and entries of the
 * file that have ended, or end within 14 days. An entry whose end a change of the same plans tells
 * is not repeated: the change has its reason.
 * @param file whose entries are reported; undefined: none
 * @param stacks that the review is about: entries of roles of other stacks are not reported
 * @param at the clock: ISO 8601 in UTC, to the second
 */
export function endingsOf(
  changes: readonly AccessChange[],
  file: Access | undefined,
  stacks: ReadonlySet<string>,
  at: string,
): readonly Ending[] {
  const changed = changes.filter(({ source }) => source === "plan").flatMap(changedEnds);
  const dated = file === undefined ? [] : [...endedEntries(file, at), ...endingEntries(file, at)];
  const entries = dated.map((entry) => ({ entry, roles: file === undefined ? [] : rolesOf(entry, file) }));
  const told = entries.filter(({ entry, roles }) => isTold(entry, roles, changed));
  const others = entries.filter(
    (one) =>
      !told.includes(one) && (one.roles.length === 0 || one.roles.some(({ stack }) => stacks.has(stack))),
  );
  return [
    ...inOrder(
      changed.map((one): Ending => {
        const by = told.find(({ entry, roles }) => roles.some((role) => isOf(one, entry, role)));
        const phrase: Phrase = [
          "access of ",
          ...one.who,
          " to ",
          quoted(one.subject),
          ` ${describeEndAt(one.end, at)}`,
          ...(by === undefined ? [] : describeReason(by.entry)),
        ];
        return { kind: "changed", end: one.end, phrase };
      }),
    ),
    ...inOrder(
      others.map(
        ({ entry }): Ending => ({
          kind: "entry",
          end: entry.period.end ?? "",
          phrase: describeEndOf(entry, at),
        }),
      ),
    ),
  ];
}

interface ChangedEnd {
  /** The role's name in IAM. */
  readonly subject: string;
  readonly who: Phrase;
  readonly end: string;
}

function changedEnds({ subject, sentences }: AccessChange): readonly ChangedEnd[] {
  return sentences.flatMap(({ ends = [] }) => ends.map((one) => ({ subject, ...one })));
}

/** A role whose access an entry ends. */
interface EndedRole {
  readonly name: string;
  readonly stack: string;
}

/** Whether the changes tell the end of an entry for every role that it ends. */
function isTold(entry: DatedEntry, roles: readonly EndedRole[], changed: readonly ChangedEnd[]): boolean {
  return roles.length > 0 && roles.every((role) => changed.some((one) => isOf(one, entry, role)));
}

function isOf(
  { subject, who, end }: ChangedEnd,
  { kind, path, period }: DatedEntry,
  role: EndedRole,
): boolean {
  return subject === role.name && end === period.end && (kind !== "member" || plainText(who) === path.at(-1));
}

/** The roles whose access ends with an entry; none: a whole group, or a name that no role lists. */
function rolesOf({ kind, path, period }: DatedEntry, file: Access): readonly EndedRole[] {
  const [map, project, , key] = path;
  const person = kind === "member" ? file.people.find(({ name }) => name === path.at(-1)) : undefined;
  const isMine = (role: AnyRole): boolean => {
    if (map === "projects") return kind === "project" || role.key === key;
    if (kind === "group" || person === undefined || !hasGrant(role)) return false;
    return periodsFor(role.grant.people, person.id)?.some(({ end }) => end === period.end) === true;
  };
  return file.projects
    .filter((one) => map !== "projects" || one.key === project)
    .flatMap((one) =>
      one.roles.filter(isMine).map((role) => ({ name: role.name, stack: stackOf(role, one.key, file) })),
    );
}

function stackOf(role: AnyRole, project: string, file: Access): string {
  const { pipelineRoles, stacks } = accountView(file, role.account);
  const own = stacks.projects.find(({ roles }) => roles.includes(role));
  const name = pipelineRoles.includes(role) ? stacks.pipeline : own?.name;
  if (name === undefined) throw new Error(`no stack has role ${project}/${role.key}`);
  return name;
}

/** A sentence for each ref would say the same again. */
function inOrder(endings: readonly Ending[]): readonly Ending[] {
  const distinct = new Map(endings.map((one) => [plainText(one.phrase), one]));
  return [...distinct.values()].sort((one, other) =>
    one.end < other.end ? -1 : one.end > other.end ? 1 : 0,
  );
}
