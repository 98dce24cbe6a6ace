import { mkdirSync } from "node:fs";
import path from "node:path";
import { requireWritable, writeWhole } from "../../project/write-whole";
import { printHtml } from "../../report/html/report";
import { printMarkdown } from "../../report/markdown/report";
import type { Review } from "../../report/model/review";
import type { GateResult } from "../../report/verdict/gate";

/** Where the whole review is written to; undefined: not in this form. */
export interface ReportFiles {
  readonly html?: string | undefined;
  readonly markdown?: string | undefined;
  readonly json?: string | undefined;
}

/**
 * Finds out early whether the reports can be written: planning takes long.
 * @throws ProjectError `not-written`
 */
export function requireReportFiles(files: ReportFiles): void {
  for (const file of namesOf(files)) {
    mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
    requireWritable(file);
  }
}

/** Writes each report, whole or not at all. @throws ProjectError `not-written` */
export function writeReportFiles(
  review: Review,
  gate: GateResult,
  { html, markdown, json }: ReportFiles,
): void {
  if (html !== undefined) writeWhole(html, printHtml(review, gate));
  if (markdown !== undefined) writeWhole(markdown, `${printMarkdown(review, { gate })}\n`);
  if (json !== undefined) writeWhole(json, printJson(review));
}

/** A line's end at the end, as text files have it. */
export function printJson(review: Review): string {
  return `${JSON.stringify(review, null, 2)}\n`;
}

/** In the order in which a person wants them. */
function namesOf({ html, markdown, json }: ReportFiles): readonly string[] {
  return [html, markdown, json].filter((file) => file !== undefined);
}

/**
 * The reports as links, for whoever reads a part of them. In CircleCI they are artifacts if the job
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
