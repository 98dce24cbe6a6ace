import { readPlan } from "../../lib/diff/read-plan";
import { readInput } from "../../lib/project/read-input";
import { fitMarkdown, printMarkdown } from "../../lib/report/markdown/report";
import { reviewOf } from "../../lib/report/model/review-of";

// Reviews the JSON of a plan and prints the durations as JSON:
// `node --import tsx dev/bench/review-markdown.ts FILE`. `modelMs`: reading the plan. `accessMs`:
// the effect on access. `markdownMs`: the whole report. `commentMs`: the part that fits into a
// GitHub comment.
const MAX_COMMENT_CHARACTERS = 65_536;
const [file = ""] = process.argv.slice(2);
const start = performance.now();
const plan = readPlan(readInput(file, 1_024 ** 3), "bench");
const read = performance.now();
const review = reviewOf([plan], {});
const reviewed = performance.now();
const characters = printMarkdown(review).length;
const printed = performance.now();
const comment = fitMarkdown(review, MAX_COMMENT_CHARACTERS);
const end = performance.now();
if (comment.length > MAX_COMMENT_CHARACTERS) throw new Error(`a comment of ${comment.length} characters`);
const changes = review.stacks.flatMap(({ resources, drift }) => [...resources, ...drift]).length;
console.log(
  JSON.stringify({
    modelMs: read - start,
    accessMs: reviewed - read,
    markdownMs: printed - reviewed,
    commentMs: end - printed,
    changes,
    characters,
    // Of all threads: on a busy machine, more reliable than the elapsed time.
    cpuMs: process.cpuUsage().user / 1_000,
    // In kilobytes (getrusage).
    peakBytes: process.resourceUsage().maxRSS * 1_024,
  }),
);
