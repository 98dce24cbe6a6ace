import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { pipeline } from "../../lib/circleci/pipeline";
import { PARSING } from "../../lib/circleci/read-config";
import { errorOf } from "../fixtures/project-error";
import { accessOfWebsite, expectKept } from "./one-project";
import { validConfig } from "./valid-config";

/** Configurations of the kinds that public repositories have, each with what is asked of it. */
const FOLDER = path.join(__dirname, "shapes");

interface Asked {
  /** The project's pipeline. Default: it joins the workflow `build`. */
  readonly pipeline?: string;
  /** Refs of the role. Default: `branches: [main]`. */
  readonly refs?: string;
}

interface Written extends Asked {
  /** The elements that the workflow gets. Default: one that waits for the job `test`. */
  readonly requires?: readonly string[];
  readonly workflow?: string;
  /** The name of the orb. Default: `aws-cli`. */
  readonly orb?: string;
}

const afterTest = { pipeline: "{ workflow: build, after: [test] }", requires: ["test"] };
const after = (job: string) => ({
  pipeline: `{ workflow: build, after: [${JSON.stringify(job)}] }`,
  requires: [job],
});
const alone = { pipeline: "", workflow: "website" };

const WRITTEN: Readonly<Record<string, Written>> = {
  "anchored-job": after("test-old"),
  "anchors-and-aliases": afterTest,
  approval: after("hold"),
  "block-scalar-at-the-end": afterTest,
  "byte-order-mark": after("hold"),
  comments: afterTest,
  "commands-and-executors": afterTest,
  contexts: after("notify"),
  continuation: after("test-website"),
  "filters-as-expressions": { ...afterTest, refs: "branches: [main, release/1]" },
  "filters-as-maps": { ...after("package"), refs: "branches: [main, release/*], tags: [v1*]" },
  "four-spaces": after("again"),
  "here-documents": afterTest,
  "lists-without-indent": after("again"),
  machine: afterTest,
  "many-aliases": after("test-3"),
  matrix: afterTest,
  "matrix-with-alias": after("all-tests"),
  "merge-keys": afterTest,
  "names-in-the-workflow": after("style"),
  "no-final-line-break": after("hold"),
  "no-jobs-yet": alone,
  "older-orb": { ...afterTest, orb: "oidc-aws-cli" },
  "orb-in-the-file": after("own/greet"),
  "orb-jobs": after("node/test"),
  "pre-steps": afterTest,
  "quoted-keys": afterTest,
  "requires-with-statuses": afterTest,
  scheduled: afterTest,
  "serial-group-and-max-auto-reruns": afterTest,
  "several-workflows": after("package"),
  "tabs-in-scalars": afterTest,
  "unicode-names": {
    pipeline: "{ workflow: 構築, after: [prüfen] }",
    requires: ["prüfen"],
    workflow: "構築",
  },
  "when-and-unless": afterTest,
  "windows-and-macos": after("macos"),
  "windows-line-ends": after("hold"),
  "workflows-before-jobs": afterTest,
  "workflows-with-version": afterTest,
};

interface Refused extends Asked {
  readonly code: string;
  readonly message: RegExp;
  readonly fix: RegExp;
}

const REFUSED: Readonly<Record<string, Refused>> = {
  "a-list": { code: "pipeline-not-read", message: /is not a map/, fix: /version: 2\.1/ },
  "alias-without-anchor": { code: "pipeline-not-read", message: /alias.*image/, fix: /alias/ },
  "duplicate-keys": {
    code: "pipeline-not-read",
    message: /duplicate-keys\.yml:6:3: .*twice/,
    fix: /remove one of the two/,
  },
  "empty-map-in-braces": {
    code: "pipeline-not-read",
    message: /jobs is written in braces/,
    fix: /a line of its own/,
  },
  "filters-that-look-ahead": {
    ...afterTest,
    refs: "branches: [main, release/*]",
    code: "pipeline-filter-undetermined",
    message: /"test".*release\/\*/,
    fix: /as patterns/,
  },
  "jobs-in-braces": {
    code: "pipeline-not-read",
    message: /jobs is written in braces/,
    fix: /a line of its own/,
  },
  json: { code: "pipeline-not-read", message: /written in braces/, fix: /a line of its own/ },
  "no-version": { code: "pipeline-not-read", message: /has no version/, fix: /version: 2\.1/ },
  "own-deploy-job": { code: "pipeline-clash", message: /job "deploy" that is not ours/, fix: /rename/ },
  "several-documents": {
    code: "pipeline-not-read",
    message: /several-documents\.yml:6:1: .*document/,
    fix: /remove the line/,
  },
  setup: { code: "pipeline-is-setup", message: /setup: true/, fix: /continue_config\.yml/ },
  "tabs-as-indent": { code: "pipeline-not-read", message: /:3:1: .*[Tt]ab/, fix: /spaces/ },
  "tests-on-other-branches-only": {
    ...afterTest,
    code: "pipeline-never-runs",
    message: /"test", which does not run on main/,
    fix: /let test run on main/,
  },
  "version-2": { code: "pipeline-not-read", message: /version is 2\b/, fix: /version: 2\.1/ },
  "workflow-by-alias": {
    code: "pipeline-not-read",
    message: /jobs of workflow build are an alias/,
    fix: /write the list/,
  },
  "workflow-list-in-brackets": {
    code: "pipeline-not-read",
    message: /jobs of workflow build are written in brackets/,
    fix: /dashes/,
  },
};

const scratch = mkdtempSync(path.join(tmpdir(), "shapes-"));

function start(name: string, { pipeline: settings, refs = "branches: [main]" }: Asked) {
  const text = readFileSync(path.join(FOLDER, `${name}.yml`), "utf8");
  const file = path.join(scratch, `${name}.yml`);
  writeFileSync(file, text);
  const role = `{ people: [alice], ${refs}, bucket: acme-website }`;
  const access = accessOfWebsite(`{ deploy: ${role} }`, settings ?? "{ workflow: build }");
  return {
    text,
    write: () => pipeline(access, { write: true, file }),
    check: () => pipeline(access, { check: true, file }),
    read: () => readFileSync(file, "utf8"),
  };
}

interface Config {
  readonly orbs: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<Record<string, unknown>>;
  readonly workflows: Readonly<Record<string, { readonly jobs: readonly unknown[] }>>;
}

test("each shape is written, or is an error", () => {
  const names = readdirSync(FOLDER).map((name) => name.replace(/\.yml$/, ""));
  expect([...Object.keys(WRITTEN), ...Object.keys(REFUSED)].sort()).toEqual(names.sort());
});

test.each(Object.entries(WRITTEN))("%s is written, and each of its lines stays", (name, asked) => {
  const { text, write, check, read } = start(name, asked);
  const { requires, workflow = "build", orb = "aws-cli" } = asked;
  expect(write()).toMatch(/ written: /);
  const written = read();
  expectKept(text.replaceAll("\r\n", "\n"), written.replaceAll("\r\n", "\n"));
  const before: Partial<Config> = parse(text.replace(/^\uFEFF/, ""), {
    ...PARSING,
    maxAliasCount: -1,
  });
  const config = validConfig<Config>(written.replace(/^\uFEFF/, ""));
  const { deploy, ...jobs } = config.jobs;
  expect(deploy).toMatchObject({ steps: expect.arrayContaining([{ [`${orb}/setup`]: expect.anything() }]) });
  expect(jobs).toEqual(before.jobs ?? {});
  expect(config.orbs).toEqual({ ...before.orbs, [orb]: "circleci/aws-cli@5.4.1" });
  expect(config.workflows[workflow]?.jobs).toEqual([
    ...(before.workflows?.[workflow]?.jobs ?? []),
    { deploy: { ...(requires === undefined ? {} : { requires }), filters: expect.any(String) } },
  ]);
  expect({ ...config.workflows, [workflow]: undefined }).toEqual({
    ...before.workflows,
    [workflow]: undefined,
  });
  expect(written.startsWith("\uFEFF")).toBe(text.startsWith("\uFEFF"));
  expect(/(?<!\r)\n/.test(written)).toBe(!text.includes("\r\n"));

  expect(check()).toMatch(/ is up to date /);
  expect(write()).toMatch(/ is up to date /);
  expect(read()).toBe(written);
});

test.each(Object.entries(REFUSED))("%s is an error, and stays unchanged", (name, asked) => {
  const { text, write, check, read } = start(name, asked);
  for (const run of [write, check]) {
    const error = errorOf(run);
    expect(error).toMatchObject({ code: asked.code, exitCode: 2 });
    expect(error.message).toMatch(asked.message);
    expect(error.fix).toMatch(asked.fix);
  }
  expect(read()).toBe(text);
});
