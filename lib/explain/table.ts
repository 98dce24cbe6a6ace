import Table from "cli-table3";
import { groupBy } from "../collections/group-by";
import { visibleLine } from "../terminal/visible";
import type { JobAnswer } from "./job-answer";

const PLAIN = { head: [], border: [] };
const HAND_WRITTEN = "(hand-written)";
const WORDS = { allow: "allowed", deny: "–", unknown: "depends" } as const;

/**
 * Answers for several people and roles as a table that fits the width: with people as rows; else
 * with roles as rows; else with a row for each role that names its people.
 * @param width in columns
 * @returns undefined if none of them fits
 */
export function printTable(answers: readonly JobAnswer[], width: number): string | undefined {
  const people = [...new Set(answers.map(({ person = "" }) => person))];
  const roles = [...new Set(answers.map(({ role }) => role))];
  const at = (person: string, role: string): string => {
    const answer = answers.find((one) => one.role === role && one.person === person);
    return answer === undefined ? "" : cellOf(answer);
  };
  const handWritten = new Set(answers.flatMap((one) => (one.isHandWritten === true ? [one.role] : [])));
  const nameOf = (role: string, before: string): string =>
    handWritten.has(role) ? `${visibleLine(role)}${before}${HAND_WRITTEN}` : visibleLine(role);

  const byPerson = new Table({ head: ["", ...roles.map((role) => nameOf(role, "\n"))], style: PLAIN });
  for (const person of people) byPerson.push([visibleLine(person), ...roles.map((role) => at(person, role))]);
  const byRole = new Table({ head: ["", ...people.map(visibleLine)], style: PLAIN });
  const named = new Table({ head: ["role", "may be assumed by"], style: PLAIN });
  for (const role of roles) {
    byRole.push([nameOf(role, " "), ...people.map((person) => at(person, role))]);
    named.push([nameOf(role, " "), peopleOf(role, people, at)]);
  }
  return [byPerson, byRole, named]
    .map((table) => table.toString())
    .find((text) => text.split("\n").every((line) => [...line].length <= width));
}

/** Such as `ana, ben: main`, a line for each kind of refs. */
function peopleOf(
  role: string,
  people: readonly string[],
  at: (person: string, role: string) => string,
): string {
  const byRefs = [...groupBy(people, (person) => at(person, role))].filter(([refs]) => refs !== WORDS.deny);
  if (byRefs.length === 0) return WORDS.deny;
  return byRefs
    .map(([refs, all]) => {
      const who = all.length === people.length ? "everyone" : all.map(visibleLine).join(", ");
      return `${who}: ${refs}`;
    })
    .join("\n");
}

function cellOf({ decision, from }: JobAnswer): string {
  if (decision === "deny") return WORDS.deny;
  return from === undefined ? WORDS[decision] : visibleLine(from);
}
