import { oneLine } from "../../http/answer";
import type { Ids } from "./find-ids";
import type { FoundPerson } from "./find-people";
import type { WrittenIds } from "./write-ids";

/** The IDs as a table. Names come from CircleCI's users, so each is printed on one line. */
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
    `People: you, and everyone who started a workflow in the newest ${pipelines} pipelines.`,
    ...unresolved.map((login) => `No ID found for ${oneLine(login)}: no workflow was started by this login.`),
  ].join("\n");
}

function aboutPerson({ name, isYou, source }: FoundPerson): string {
  const notes = [
    ...(isYou ? ["you"] : []),
    ...(source === "fork" ? ["only in pull requests from forks"] : []),
  ];
  return [name ?? [], notes.length === 0 ? [] : `(${notes.join(", ")})`].flat().join(" ");
}

/** What was added to access.yaml, and what was skipped. */
export function printWritten({ file, additions, left }: WrittenIds): string {
  const lines = [
    ...additions.map(({ path, value, before }) => {
      const was = before === undefined ? "" : ` (was ${oneLine(before)})`;
      return `  ${before === undefined ? "added   " : "replaced"}  ${path.join(".")}: ${value}${was}`;
    }),
    ...left.map(({ what, why }) => `  skipped   ${oneLine(what)}: ${oneLine(why)}`),
  ];
  const head = additions.length === 0 ? `${file} is up to date` : file;
  return [lines.length === 0 ? `${head}.` : `${head}:`, ...lines].join("\n");
}
