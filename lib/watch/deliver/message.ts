import { counted } from "../../describe/list";
import { plainText } from "../../describe/phrase";
import { verdictLine } from "../../report/document/verdict-line";
import { rowsOf } from "../../report/rows/rows-of";
import type { GateResult } from "../../report/verdict/gate";
import type { WatchReport } from "../model/report";

/** Chat programs cut long messages; the report is in the job's output. */
const MOST_LINES = 15;
const MOST_CHARACTERS = 3_000;

/**
 * The message of a run as plain text: its headline, then what is new. It has names, roles and refs,
 * which are in the report too, and no token, policy or environment variable.
 * @param link the job's page; undefined: none
 */
export function messageOf(report: WatchReport, gate: GateResult, link: string | undefined): string {
  const { account, accountId, review, strangers, changed, ended, isNew, notExamined } = report;
  const { mark, text } = verdictLine(review);
  const isFresh = ({ id }: { readonly id: string }): boolean => isNew.includes(id);
  const unread = (review.notExamined ?? []).length + notExamined.length;
  const kinds = [...new Set(gate.failing.map(({ kind }) => kind))];
  const lines = [
    ...rowsOf(review).map(({ what, who, from }) =>
      [plainText(what), plainText(who), plainText(from)].filter((one) => one !== "").join("; "),
    ),
    ...strangers.map(({ kind, who, role, why }) => `${kind}: ${who}, ${role}: ${why}`),
    ...changed.map(({ what }) => `changed: ${what}`),
    ...ended.filter(isFresh).map((one) => one.text),
    ...review.findings
      .filter(isFresh)
      .map(
        ({ severity, role, rule, message }) =>
          `${severity}: ${rule} in the trust policy of ${role}: ${message}`,
      ),
  ];
  const shown = lines.slice(0, MOST_LINES);
  const left = lines.length - shown.length;
  return harmless(
    [
      `${mark} account ${account} (${accountId}): ${plainText(text)}`,
      `${isNew.length} new since the last run${unread === 0 ? "" : `; ${unread} not examined`}`,
      ...(kinds.length === 0 ? [] : [`failed: --fail-on ${kinds.join(",")}`]),
      ...shown.map((line) => `- ${line}`),
      ...(left === 0 ? [] : [`- ${counted(left, "more line")} in the report`]),
    ].join("\n"),
    link,
  );
}

/** The message of a run that failed. */
export function failureMessage(account: string, failure: string, link: string | undefined): string {
  return harmless(`🔴 account ${account}: watch failed, and nothing was compared: ${failure}`, link);
}

/**
 * Names come from branches and from AWS: none of them may mention a channel or write a link (Slack
 * `<!channel>`, Mattermost and Teams `@all`).
 */
function harmless(text: string, link: string | undefined): string {
  const plain = text
    .replaceAll("&", "+")
    .replaceAll("<", "‹")
    .replaceAll(">", "›")
    .replaceAll("@", "@\u200b")
    .replace(/\[([^\]]*)\]\(/g, "[$1] (");
  const cut = plain.length > MOST_CHARACTERS ? `${plain.slice(0, MOST_CHARACTERS)}…` : plain;
  return link === undefined ? cut : `${cut}\n${link}`;
}

const JOB_PAGE = /^https:\/\/[\w.-]+\/[\w./-]+$/;

/** The page of the CircleCI job that runs. */
export function jobLink({ CIRCLE_BUILD_URL: url }: NodeJS.ProcessEnv): string | undefined {
  return url !== undefined && JOB_PAGE.test(url) ? url : undefined;
}
