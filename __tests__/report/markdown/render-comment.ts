import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { goldenPlan } from "../../../dev/golden/cases";
import { readPlan } from "../../../lib/diff/read-plan";
import { repositoryRoot } from "../../../lib/programs/cache";
import { readAccess } from "../../../lib/project/read-access";
import { printMarkdown } from "../../../lib/report/markdown/report";
import { reviewOf } from "../../../lib/report/model/review-of";

// Prints the review of a golden plan as a page that looks as GitHub shows it: for looking at.

const access = readAccess(path.join(repositoryRoot, "examples", "talk", "access.yaml"));
const plan = readPlan(goldenPlan("talk-person-added"), "main-website");
const text = printMarkdown(reviewOf([plan], { access }));
const page = micromark(text, {
  allowDangerousHtml: true,
  extensions: [gfm()],
  htmlExtensions: [gfmHtml()],
});
const style = readFileSync(
  createRequire(__filename).resolve("github-markdown-css/github-markdown-light.css"),
  "utf8",
);
// Unfolded, so that a picture shows it.
console.log(`<!doctype html><meta charset="utf-8"><title>A review</title>
<style>${style} body { margin: 20px } .markdown-body { max-width: 830px; margin: auto }</style>
<article class="markdown-body">${page.replaceAll("<details>", "<details open>")}</article>`);
