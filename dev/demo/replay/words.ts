import type { InEachLanguage } from "../../../lib/describe/language";
import type { PipelineJob } from "../../sandbox/runner/run-pipeline";
import type { Replayed, ReplayedJob } from "./replay";

/** What a job's status means for access. */
export const STATUS_WORDS: Readonly<Record<PipelineJob["status"], InEachLanguage>> = {
  success: { en: "allowed", ja: "許可" },
  failed: { en: "denied", ja: "拒否" },
  filtered: { en: "not started (filter)", ja: "未実行（フィルターで除外）" },
  "not-run": { en: "not started", ja: "未実行" },
  approved: { en: "approved", ja: "承認済み" },
  "on-hold": { en: "waits for an approval", ja: "承認待ち" },
};

export function statusWord(status: PipelineJob["status"]): string {
  return STATUS_WORDS[status].en;
}

/** Whether a run shows a job's V1 token: a fork's job, and every job that is allowed by it. */
export function showsV1({ scenario }: Pick<Replayed, "scenario">, { v1Token }: ReplayedJob): boolean {
  return scenario.kind === "fork" || v1Token.answer.allowed;
}

/** Such as `denied: AccessDenied`. */
export function v1Word({ v1Token: { answer } }: ReplayedJob): string {
  return answer.allowed ? "allowed" : `denied: ${answer.code}`;
}
