import { readPlan } from "../../lib/diff/read-plan";
import { readInput } from "../../lib/project/read-input";
import { fitMarkdown, printMarkdown } from "../../lib/report/markdown/report";
import { reviewOf } from "../../lib/report/model/review-of";

// Reads a plan's JSON and prints what a review of it takes, as JSON:
// `node --import tsx dev/bench/review-markdown.ts FILE`. `modelMs` is from the file to what is kept
// of the plan, `accessMs` what it means for access, `markdownMs` the whole report, `commentMs` what
// of it fits into a comment of GitHub's.
const MOST_OF_COMMENT = 65_536;
const [file = ""] = process.argv.slice(2);
const start = performance.now();
const plan = readPlan(readInput(file, 1_024 ** 3), "bench");
const read = performance.now();
const review = reviewOf([plan], {});
const reviewed = performance.now();
const characters = printMarkdown(review).length;
const printed = performance.now();
const comment = fitMarkdown(review, MOST_OF_COMMENT);
const end = performance.now();
if (comment.length > MOST_OF_COMMENT) throw new Error(`a comment of ${comment.length} characters`);
const changes = review.stacks.flatMap(({ resources, drift }) => [...resources, ...drift]).length;
console.log(
  JSON.stringify({
    modelMs: read - start,
    accessMs: reviewed - read,
    markdownMs: printed - reviewed,
    commentMs: end - printed,
    changes,
    characters,
    // Of all threads: on a busy machine it tells more than the clock.
    cpuMs: process.cpuUsage().user / 1_000,
    // Kilobytes (getrusage), unlike everything else here.
    peakBytes: process.resourceUsage().maxRSS * 1_024,
  }),
);
