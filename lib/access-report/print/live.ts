import type { LiveComparison } from "../../live/compare/compare-account";
import { printMarkdown } from "../../report/markdown/report";

/** Where an account differs from the file, as a review of drift says it. */
export function printLive({ account, review }: LiveComparison): string {
  return [
    `Account ${account} as it is, compared with access.yaml:`,
    "",
    printMarkdown(review).trimEnd(),
  ].join("\n");
}
