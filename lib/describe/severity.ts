import { compareSeverities, type Severity } from "../iam/audit/core/finding";
import type { InEachLanguage, Language } from "./language";

const WORDS: Readonly<Record<Severity, InEachLanguage>> = {
  high: { en: "high", ja: "高" },
  medium: { en: "medium", ja: "中" },
  low: { en: "low", ja: "低" },
};

export function severityWord(severity: Severity, language: Language = "en"): string {
  return WORDS[severity][language];
}

/** Whether a severity is as bad as another, or worse. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return compareSeverities(severity, least) <= 0;
}
