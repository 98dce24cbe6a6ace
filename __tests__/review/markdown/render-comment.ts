import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { readAccess } from "../../../lib/project/read-access";
import { printMarkdown } from "../../../lib/review/markdown/report";
import { readPlan } from "../../../lib/review/read-plan";
import { reviewOf } from "../../../lib/review/review";
import { repositoryRoot } from "../../../lib/tools/cache";
import { type GoldenName, goldenPlan } from "../golden/cases";

// Prints a review of golden plans as a page that looks as GitHub shows it: for looking at, and for docs/review/review-comment.png.

const STACKS: readonly (readonly [stack: string, plan: GoldenName])[] = [
  ["main-website", "talk-person-added"],
  ["main-storage", "destroy"],
];
const access = readAccess(path.join(repositoryRoot, "examples", "talk", "access.yaml"));
const plans = STACKS.map(([stack, plan]) => readPlan(goldenPlan(plan), stack));
const text = printMarkdown(reviewOf(plans, { access }));
const page = micromark(text, {
  allowDangerousHtml: true,
  extensions: [gfm()],
  htmlExtensions: [gfmHtml()],
});
const style = readFileSync(
  createRequire(__filename).resolve("github-markdown-css/github-markdown-light.css"),
  "utf8",
);
// The proof is unfolded, so that a picture shows it.
console.log(`<!doctype html><meta charset="utf-8"><title>A review</title>
<style>${style} body { margin: 20px } .markdown-body { max-width: 830px; margin: auto }</style>
<article class="markdown-body">${page.replace("<details>", "<details open>")}</article>`);
