import path from "node:path";
import { createFolderOf, requireWritable, writeWhole } from "../../project/write-whole";
import { printHtml } from "../../report/html/report";
import { type MarkdownOptions, printMarkdown } from "../../report/markdown/report";
import type { Review } from "../../report/model/review";
import type { GateResult } from "../../report/verdict/gate";

/** The files of the whole review; undefined: not in this format. */
export interface ReportFiles {
  readonly html?: string | undefined;
  readonly markdown?: string | undefined;
  readonly json?: string | undefined;
}

/**
 * Checks that the reports can be written, before planning, which takes long.
 * @throws ProjectError `not-written`
 */
export function requireReportFiles({
  sarif,
  ...files
}: ReportFiles & { readonly sarif?: string | undefined }): void {
  for (const file of [...namesOf(files), ...(sarif === undefined ? [] : [sarif])]) {
    createFolderOf(file);
    requireWritable(file);
  }
}

/** Writes each report, whole or not at all. @throws ProjectError `not-written` */
export function writeReportFiles(
  review: Review,
  gate: GateResult,
  { html, markdown, json }: ReportFiles,
  words: Pick<MarkdownOptions, "title" | "links" | "footer"> = {},
): void {
  if (html !== undefined) writeWhole(html, printHtml(review, gate, words));
  if (markdown !== undefined) writeWhole(markdown, `${printMarkdown(review, { ...words, gate })}\n`);
  if (json !== undefined) writeWhole(json, printJson(review));
}

/** Ends with a line feed. */
export function printJson(review: Review): string {
  return `${JSON.stringify(review, null, 2)}\n`;
}

/** The most readable format first. */
function namesOf({ html, markdown, json }: ReportFiles): readonly string[] {
  return [html, markdown, json].filter((file) => file !== undefined);
}

/**
 * The reports as links, for a comment that was cut. In CircleCI they are artifacts if the job
 * stores them under their own path (https://support.circleci.com/hc/en-us/articles/5034956515355,
 * "How to Programmatically Construct the URLs for Artifacts").
 */
export function reportLinks(
  files: ReportFiles,
  { CIRCLE_WORKFLOW_JOB_ID: job, CIRCLE_NODE_INDEX: node = "0" }: NodeJS.ProcessEnv,
): readonly { readonly text: string; readonly url?: string }[] {
  return namesOf(files).map((file) => {
    const isArtifact = job !== undefined && /^[0-9a-f-]{36}$/.test(job) && /^\d+$/.test(node);
    const isBelow = !path.isAbsolute(file) && !path.normalize(file).startsWith("..");
    if (!isArtifact || !isBelow) return { text: file };
    const parts = path.normalize(file).split(path.sep).map(encodeURIComponent);
    return {
      text: path.basename(file),
      url: `https://output.circle-artifacts.com/output/job/${job}/artifacts/${node}/${parts.join("/")}`,
    };
  });
}
