import path from "node:path";
import { accessPage } from "../../../lib/access-report/html/access-page";
import type { AccessReport } from "../../../lib/access-report/model/report";
import type { Language } from "../../../lib/describe/language";

export const LANGUAGES: readonly Language[] = ["en", "ja"];

/** Where the text of the sample's page is, to be read when its words change. */
export function pageFile(language: Language): string {
  return path.join(__dirname, `page.${language}.txt`);
}

/**
 * The page as text: a line for each block, item and row of a table. Statements of policies are left
 * out, which are no words of the page.
 */
export function pageText(report: AccessReport, language: Language): string {
  const [, body = ""] = /<body>(.*)<\/body>/s.exec(accessPage(report, language)) ?? [];
  const lines = body
    .replace(/\n/g, " ")
    .replace(/<details(?: open="")?><summary>(.*?)<\/summary>.*?<\/details>/g, "<p>$1</p>")
    .replace(/<h([1-6])[^>]*>/g, (_, level) => `\n${"#".repeat(Number(level))} `)
    .replace(/<(?:caption|details|dt|footer|header|li|p|section|summary|tr)[ >]/g, "\n$&")
    .replace(/<\/(?:td|th)><(?:td|th)[^>]*>/g, " | ")
    .replace(/<\/span><(?:span|a)[ >]|<\/code><code|<\/dt><dd|<\/a><span/g, (tags) =>
      tags.replace("><", "> <"),
    )
    .replace(/<[^>]*>/g, "")
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .split("\n")
    .map((line) => line.replace(/\s+/g, " ").trim());
  return `${lines.filter((line) => line !== "").join("\n")}\n`;
}
