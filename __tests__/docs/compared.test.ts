import { readFileSync } from "node:fs";
import path from "node:path";
import { comparedSituations, situationFile } from "../../dev/golden/situations";
import { repositoryRoot } from "../../lib/programs/cache";

const page = readFileSync(path.join(repositoryRoot, "docs", "review", "compared.md"), "utf8");
/** The output of Terraform, one block a situation. */
const blocks = [...page.matchAll(/^```text\n(.*?)^```$/gms)].map(([, text = ""]) => text);

test.each(comparedSituations.map((name, at) => [name, at] as const))(
  "docs/review/compared.md has the review of %s, and what Terraform shows of it",
  (name, at) => {
    const review = readFileSync(situationFile(name, "review.md"), "utf8").split("\n");
    const table = review.filter((line) => line.startsWith("| ")).slice(0, 3);
    expect(table.length).toBeGreaterThan(2);
    for (const line of [review[0] ?? "", ...table]) expect(page).toContain(`${line}\n`);
    const shown = readFileSync(situationFile(name, "show.txt"), "utf8").split("\n");
    const lines = (blocks[at] ?? "").split("\n").filter((line) => line.trim() !== "" && line.trim() !== "…");
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) {
      const [start = "", end = ""] = line.split("…");
      expect(shown.some((one) => one.startsWith(start) && one.endsWith(end))).toBe(true);
    }
  },
);
