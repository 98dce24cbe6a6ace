import type { Severity } from "../iam/audit/core/finding";
import type { InEachLanguage, Language } from "./language";

const RANK: Readonly<Record<Severity, number>> = { high: 0, medium: 1, low: 2 };

/** The worst first. */
export const SEVERITIES: readonly Severity[] = ["high", "medium", "low"];

const WORDS: Readonly<Record<Severity, InEachLanguage>> = {
  high: { en: "high", ja: "高" },
  medium: { en: "medium", ja: "中" },
  low: { en: "low", ja: "低" },
};

export function severityWord(severity: Severity, language: Language = "en"): string {
  return WORDS[severity][language];
}

/** For sorting: the worst first. */
export function compareSeverities(one: Severity, other: Severity): number {
  return RANK[one] - RANK[other];
}

/** Whether a severity is as bad as another, or worse. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return RANK[severity] <= RANK[least];
}
