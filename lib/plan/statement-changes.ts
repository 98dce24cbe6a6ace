import { isJsonList, type Json, type JsonObject } from "../iam/language/json";
import type { StatementChange } from "./resource-change";
import { linesOf } from "./statement-lines";
import { contentOf, pairStatements, type ReadStatement } from "./statement-pairs";
import { partsOfStatement, type StatementPart, textOf } from "./statement-parts";

/**
 * The changed statements of a policy, independent of white space and of the order of statements,
 * lists and keys. Other changed elements (`Version`, `Id`) are included.
 * @returns empty: the policies are equal; undefined: there are no statements to compare
 */
export function statementChanges(
  before: JsonObject | undefined,
  after: JsonObject | undefined,
): readonly StatementChange[] | undefined {
  const changes = [
    ...elementChanges(before, after),
    ...pairStatements(statementsOf(before), statementsOf(after)).flatMap(([old, now]) => changeOf(old, now)),
  ];
  const isWhole = before !== undefined && after !== undefined;
  return changes.length === 0 && !isWhole ? undefined : changes;
}

/** In the policy's own order. */
function statementsOf(policy: JsonObject | undefined): readonly ReadStatement[] {
  const statements = policy?.Statement;
  if (statements === undefined) return [];
  const list: readonly Json[] = isJsonList(statements) ? statements : [statements];
  return list.map((statement, index) => {
    const parts = partsOfStatement(statement);
    const sid = [...(parts.get("Sid")?.values.values() ?? [])].join();
    return { index, name: sid === "" ? `Statement[${index}]` : sid, sid, parts, content: contentOf(parts) };
  });
}

function changeOf(
  old: ReadStatement | undefined,
  now: ReadStatement | undefined,
): readonly StatementChange[] {
  const lines = linesOf(old?.parts, now?.parts);
  if (lines.every(({ mark }) => mark === " ")) return [];
  const effect = old === undefined ? "added" : now === undefined ? "removed" : "changed";
  return [{ effect, name: (now ?? old)?.name ?? "", lines }];
}

/**
 * AWS reads a policy without a version as the old one ("IAM JSON policy elements: Version"), so
 * leaving it out means something too.
 */
const OLD_VERSION = "2008-10-17";
const NEW_VERSION = "2012-10-17";

function elementChanges(
  before: JsonObject | undefined,
  after: JsonObject | undefined,
): readonly StatementChange[] {
  const [olds, news] = [elementsOf(before), elementsOf(after)];
  const names = [...new Set([...olds.keys(), ...news.keys()])].sort();
  return names.flatMap((name) => {
    const [old, now] = [olds.get(name), news.get(name)];
    // That a new policy is of today's language need not be said of each.
    const isExpected =
      (before === undefined || after === undefined) && name === "Version" && (old ?? now) === NEW_VERSION;
    return isExpected || old === now
      ? []
      : [{ effect: "changed", name, lines: linesOf(partsOf(name, old), partsOf(name, now)) }];
  });
}

function partsOf(name: string, text: string | undefined): ReadonlyMap<string, StatementPart> {
  return new Map(text === undefined ? [] : [[name, { name, values: new Map([[text, text]]) }]]);
}

function elementsOf(policy: JsonObject | undefined): ReadonlyMap<string, string> {
  if (policy === undefined) return new Map();
  const elements = Object.entries({ Version: OLD_VERSION, ...policy });
  return new Map(
    elements.filter(([name]) => name !== "Statement").map(([name, value]) => [name, textOf(value)]),
  );
}
