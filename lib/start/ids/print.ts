import { oneLine } from "../../http/answer";
import type { Ids } from "./find-ids";
import type { FoundPerson } from "./find-people";
import type { WrittenIds } from "./write-ids";

/** For people. What CircleCI says comes from strangers, too: each is one line. */
export function printIds({ organization, project, people, unresolved, pipelines }: Ids): string {
  const rows: readonly (readonly [string, string, string, string])[] = [
    ["organization", organization.name, organization.id, organization.slug],
    ["project", project.name, project.id, [project.slug, project.repository ?? []].flat().join(", ")],
    ...people.map(
      (person, index) => [index === 0 ? "people" : "", person.login, person.id, aboutPerson(person)] as const,
    ),
  ];
  const shown = rows.map((row) => row.map(oneLine));
  const width = (column: number): number => Math.max(...shown.map((row) => row[column]?.length ?? 0));
  const widths = [width(0), width(1), width(2)];
  return [
    ...shown.map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    ),
    `People are those who started something in the newest ${pipelines} pipelines, and you.`,
    ...unresolved.map((login) => `No id found for ${oneLine(login)}: none of the workflows is theirs.`),
  ].join("\n");
}

function aboutPerson({ name, isYou, source }: FoundPerson): string {
  const notes = [
    ...(isYou ? ["you"] : []),
    ...(source === "fork" ? ["only with pull requests of forks"] : []),
  ];
  return [name ?? [], notes.length === 0 ? [] : `(${notes.join(", ")})`].flat().join(" ");
}

export function printWritten({ file, additions, left }: WrittenIds): string {
  const lines = [
    ...additions.map(({ path, value, before }) => {
      const was = before === undefined ? "" : ` (was ${oneLine(before)})`;
      return `  ${before === undefined ? "added   " : "replaced"}  ${path.join(".")}: ${value}${was}`;
    }),
    ...left.map(({ what, why }) => `  left out  ${oneLine(what)}: ${oneLine(why)}`),
  ];
  const head = additions.length === 0 ? `${file} has them already` : `${file}`;
  return [lines.length === 0 ? `${head}.` : `${head}:`, ...lines].join("\n");
}
