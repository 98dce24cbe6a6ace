import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { ERROR_GROUPS } from "../../lib/error-codes/error-codes";
import { repositoryRoot } from "../../lib/programs/cache";

const codes = ERROR_GROUPS.flatMap((group) => Object.keys(group.codes));
const sources = ["cli", "constructs", "dev", "lib", "stacks"].flatMap((folder) =>
  readdirSync(path.join(repositoryRoot, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => path.join(folder, file)),
);
const texts = sources
  .filter((file) => !file.startsWith(path.join("lib", "error-codes")))
  .map((file) => readFileSync(path.join(repositoryRoot, file), "utf8"))
  .join("\n");

// An unregistered code does not compile: ProjectError and problems of access.yaml take an
// ErrorCode.

test("each code is registered once, in kebab-case", () => {
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$|^interrupted$/);
});

test("each registered code occurs in the source", () => {
  expect(codes.filter((code) => !texts.includes(`"${code}"`))).toEqual([]);
});

test("each code has a cause and a fix in complete sentences, and no contraction", () => {
  for (const { codes: entries } of ERROR_GROUPS)
    for (const { cause, fix } of Object.values(entries))
      for (const text of [cause, fix]) {
        expect(text).toMatch(
          /^[\p{Lu}`\d].*[.]$|^access\.yaml .*\.$|^git .*\.$|^imports\.json .*\.$|^moto .*\.$/su,
        );
        expect(text).not.toMatch(/n't\b/);
      }
});

test("each guide is a page of docs/, and docs/errors.md has each code as a heading", () => {
  for (const { guide } of ERROR_GROUPS)
    expect(readFileSync(path.join(repositoryRoot, "docs", guide), "utf8")).toMatch(/^# /);
  const page = readFileSync(path.join(repositoryRoot, "docs", "errors.md"), "utf8");
  const headings = [...page.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual(codes);
});
