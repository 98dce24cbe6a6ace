import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { repositoryRoot } from "../../lib/programs/cache";
import { validConfig } from "../circleci/valid-config";
import { ciSnippets } from "./ci-snippets";

const read = (file: string): string => readFileSync(path.join(repositoryRoot, file), "utf8");
const step = z.union([
  z.strictObject({ run: z.string() }),
  z.strictObject({
    uses: z.string().regex(/^[\w-]+\/[\w/-]+@v\d+$/),
    if: z.string().optional(),
    with: z.record(z.string(), z.string()).optional(),
  }),
]);

test("the configurations for CircleCI are valid by its schema", () => {
  for (const heading of ["CircleCI, with the orb", "CircleCI, without the orb"])
    validConfig(ciSnippets()[heading] ?? "");
});

test("the one for GitHub has jobs of steps, and may upload alerts", () => {
  const { jobs, permissions } = z
    .object({ on: z.string(), permissions: z.record(z.string(), z.string()), jobs: z.unknown() })
    .parse(parse(ciSnippets()["GitHub Actions"] ?? ""));
  z.strictObject({
    access: z.strictObject({ "runs-on": z.string(), steps: z.array(step).min(1) }),
  }).parse(jobs);
  expect(permissions).toEqual({ contents: "read", "security-events": "write" });
});

test("the one for GitLab has a script, and keeps the report of a failed job", () => {
  expect(parse(ciSnippets().GitLab ?? "").access).toMatchObject({
    script: [expect.stringContaining("audit"), expect.stringContaining("review")],
    artifacts: { when: "always", paths: ["oidc.sarif"] },
  });
});

test("each is the use of ten lines and a few, with the package's version", () => {
  const { version } = JSON.parse(read("package.json"));
  for (const [heading, text] of Object.entries(ciSnippets())) {
    if (!/CircleCI|GitHub|GitLab/.test(heading)) continue;
    expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(16);
    for (const [, found] of text.matchAll(/oidc@(\d\S+)/g)) expect(found).toBe(version);
  }
});

test("the hooks in the docs are those of the repository", () => {
  const hooks: readonly { readonly id: string }[] = parse(read(".pre-commit-hooks.yaml"));
  const { repos } = parse(ciSnippets()["Before each commit"] ?? "");
  expect(repos[0].hooks).toEqual(hooks.map(({ id }) => ({ id })));
});
