import { accessGrows } from "../../describe/relation";
import { riskWord } from "../../describe/risk";
import type { AccessChange, Aspect } from "../../diff/model/access-change";
import { compareRisks, isAtLeastRisk, type RiskClass } from "../../iam/risk/classes";
import { LEVELS, type Level } from "./access-row";
import type { ChangeGroup } from "./group-changes";

/** How serious a row is, for its first column and for the order of rows. */
export interface RowRisk {
  readonly level: Level;
  readonly words: string;
  readonly class: RiskClass;
}

/**
 * The most serious of the risks of the changes of a row. What every new role has is called by its
 * name: new role.
 */
export function riskOfRow({ lifecycle, changes }: ChangeGroup): RowRisk {
  const [worst = { level: "grows", words: "", class: "other" } as const] = changes
    .map(riskOf)
    .toSorted(compareRowRisks);
  if (lifecycle?.kind === "replaced" && (worst.level === "grows" || worst.level === "shrinks"))
    return { ...worst, level: "grows", words: "replaced" };
  if (lifecycle?.kind === "created" && worst.level === "grows")
    return { ...worst, words: `new ${lifecycle.noun}` };
  return worst;
}

/**
 * What grows where it is not the people or refs of a role: a provider alone lets no caller in, and
 * what runs as a role is no caller.
 */
const WIDER: Partial<Readonly<Record<Aspect, string>>> = {
  provider: "more tokens accepted",
  "runs-as": "more resources",
  credentials: "new credentials",
};

function wordOf({ aspect, risk }: AccessChange): string {
  return (risk.class === "wider-trust" ? WIDER[aspect] : undefined) ?? riskWord(risk.class);
}

function riskOf(change: AccessChange): RowRisk {
  const { class: name, effect } = change.risk;
  if (effect === "lost") {
    const words = isSerious(name) ? `${riskWord(name)} removed` : "access shrinks";
    return { level: "shrinks", words, class: name };
  }
  if (effect === undefined && name !== "undetermined")
    return { level: "shrinks", words: riskWord(name), class: name };
  if (isSerious(name)) return { level: "severe", words: riskWord(name), class: name };
  // Of a policy that is in no plan, how serious it is cannot be told; that it is gained can.
  const level = name !== "undetermined" || accessGrows(change) ? "grows" : "undetermined";
  return { level, words: wordOf(change), class: name };
}

/** Whether a class is more serious than an effect that is not known. */
export function isSerious(name: RiskClass): boolean {
  return name !== "undetermined" && isAtLeastRisk(name, "undetermined");
}

/** For sorting: the most serious first. */
export function compareRowRisks(
  one: Pick<RowRisk, "level" | "class">,
  other: Pick<RowRisk, "level" | "class">,
): number {
  return LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level) || compareRisks(one.class, other.class);
}
