import { readPlan } from "../../lib/diff/read-plan";
import { optimizeLess } from "../../lib/process/optimize-less";
import { readInput } from "../../lib/project/read-input";
import { fitMarkdown, printMarkdown } from "../../lib/report/markdown/report";
import { reviewOf } from "../../lib/report/model/review-of";

// Reviews the JSON of a plan as a command does, and prints the CPU times of its steps as JSON:
// `node --import tsx dev/bench/review-markdown.ts FILE`. `modelMs`: reading the plan. `accessMs`:
// the effect on access. `markdownMs`: the whole report. `commentMs`: the part that fits into a
// GitHub comment.
const MAX_COMMENT_CHARACTERS = 65_536;
optimizeLess();
const [file = ""] = process.argv.slice(2);
/** CPU time of all threads in milliseconds: other programs do not count. */
function now(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
const start = now();
const plan = readPlan(readInput(file, 1_024 ** 3), "bench");
const read = now();
const review = reviewOf([plan], {});
const reviewed = now();
const characters = printMarkdown(review).length;
const printed = now();
const comment = fitMarkdown(review, MAX_COMMENT_CHARACTERS);
const end = now();
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
    // In kilobytes (getrusage).
    peakBytes: process.resourceUsage().maxRSS * 1_024,
  }),
);
