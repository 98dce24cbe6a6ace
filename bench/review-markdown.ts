import { readFileSync } from "node:fs";
import { printMarkdown } from "../lib/review/markdown/report";
import { readPlan } from "../lib/review/read-plan";
import { reviewOf } from "../lib/review/review";

// Reads a plan's JSON and prints what a review of it takes, as JSON: `node --import tsx bench/review-markdown.ts FILE`.
// `modelMs` is from the text to what is kept of the plan, `accessMs` what it means for access, `markdownMs` the report.
const [file = ""] = process.argv.slice(2);
const start = performance.now();
const plan = readPlan(readFileSync(file, "utf8"), "bench");
const read = performance.now();
const review = reviewOf([plan], {});
const reviewed = performance.now();
const characters = printMarkdown(review).length;
const end = performance.now();
console.log(
  JSON.stringify({
    modelMs: read - start,
    accessMs: reviewed - read,
    markdownMs: end - reviewed,
    changes: review.stacks.flatMap(({ resources, drift }) => [...resources, ...drift]).length,
    characters,
    // Of all threads: on a busy machine it tells more than the clock.
    cpuMs: process.cpuUsage().user / 1_000,
    // Kilobytes (getrusage), unlike everything else here.
    peakBytes: process.resourceUsage().maxRSS * 1_024,
  }),
);
