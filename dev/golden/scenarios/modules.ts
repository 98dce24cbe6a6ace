import { aliceOnMain, BOB, readSite, role, subject, trust, withAws } from "../pieces";
import type { Blocks, Scenario } from "../scenario";

const inputs = { name: { type: "string" }, trust: { type: "string" } };

/** A module `site` that holds a module `role`. */
const modules: Readonly<Record<string, Blocks>> = {
  "modules/site": {
    variable: inputs,
    module: { role: { source: "../role", name: "${var.name}-deploy", trust: "${var.trust}" } },
  },
  "modules/role": {
    variable: inputs,
    resource: {
      aws_iam_role: { this: role("${var.name}", { assume_role_policy: "${var.trust}" }) },
      aws_iam_role_policy: { site: { name: "site", role: "${aws_iam_role.this.name}", policy: readSite } },
    },
  },
};

/** @param sites trust policies by name */
function config(sites: Readonly<Record<string, string>>, reviewers: number): Blocks {
  const site = { source: "./modules/site", for_each: sites, name: "${each.key}", trust: "${each.value}" };
  return withAws({ module: { site }, ...reviewersOf(reviewers) });
}

function reviewersOf(count: number): Blocks {
  return { resource: { aws_iam_role: { reviewer: role("reviewer-${count.index}", { count }) } } };
}

const pinned = trust([aliceOnMain]);
const open = trust([aliceOnMain, subject(BOB, "refs/heads/main")]);

/** Modules in modules, for_each and count. */
export const nested: Scenario = {
  name: "modules",
  modules,
  steps: [
    { apply: config({ docs: pinned, website: pinned }, 2) },
    { plan: "module-changed", of: config({ docs: pinned, website: open }, 2) },
    { plan: "module-key-exchanged", of: config({ "docs-2.0": pinned, website: pinned }, 2) },
    { plan: "count-lowered", of: config({ docs: pinned, website: pinned }, 1) },
    { plan: "module-removed", of: withAws(reviewersOf(2)) },
  ],
};
