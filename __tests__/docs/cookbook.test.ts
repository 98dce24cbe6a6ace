import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import { parse } from "yaml";
import { accessFromText } from "../../lib/config/load";
import type { Access } from "../../lib/config/model/model";
import { accessJsonSchema } from "../../lib/config/schema/schema";
import { explain } from "../../lib/explain/explain";
import { repositoryRoot } from "../../lib/programs/cache";
import { ROLE_CHECKS } from "../../lib/project/read-access";
import { documentsBeside } from "../../lib/project/read-document";
import { synth } from "../stacks/synth";

const FOLDER = path.join(repositoryRoot, "docs", "examples");
const NAMES = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".md"))
  .map((name) => name.slice(0, -".md".length));
const isValid = new Ajv({ strict: false, unicodeRegExp: true }).compile(JSON.parse(accessJsonSchema()));

/** The words in which an example answers. */
const WORDS = { allow: "allowed", deny: "denied", unknown: "it depends" } as const;

interface Example {
  readonly yaml: string;
  readonly access: Access;
  /** Arguments of `explain`, and the answer that the text claims. */
  readonly claims: readonly (readonly [args: readonly string[], answer: string])[];
}

function read(name: string): Example {
  const text = readFileSync(path.join(FOLDER, `${name}.md`), "utf8");
  const yaml = /^```yaml\n(.*?)^```$/ms.exec(text)?.[1] ?? "";
  const blocks = [...text.matchAll(/^```console\n(.*?)^```$/gms)].map(([, block = ""]) => block);
  const claims = blocks.flatMap((block) =>
    [...block.matchAll(/^\$ npm run -s oidc -- explain (.+)\n(.+)$/gm)].map(
      ([, args = "", answer = ""]) => [args.split(" "), answer] as const,
    ),
  );
  const file = path.join(FOLDER, "access.yaml");
  return { yaml, access: accessFromText(yaml, name, ROLE_CHECKS, documentsBeside(file)), claims };
}

/** `--person alice --webhook` as the command reads it. */
function optionsOf(args: readonly string[]): Readonly<Record<string, string | true>> {
  const options: Record<string, string | true> = {};
  for (const [at, word] of args.entries()) {
    if (!word.startsWith("--")) continue;
    const value = args[at + 1];
    options[word.slice(2)] = value === undefined || value.startsWith("--") ? true : value;
  }
  return options;
}

test("there are ten, and the cookbook lists exactly these", () => {
  const cookbook = readFileSync(path.join(repositoryRoot, "docs", "cookbook.md"), "utf8");
  const listed = [...cookbook.matchAll(/\(examples\/([a-z-]+)\.md\)/g)].map(([, name]) => name);
  expect(NAMES).toHaveLength(10);
  expect([...listed].sort()).toEqual([...NAMES].sort());
});

describe.each(NAMES)("%s", (name) => {
  const { yaml, access, claims } = read(name);

  test("its file is also valid for editors", () => {
    expect([isValid(parse(yaml)), isValid.errors]).toEqual([true, null]);
  });

  test("can be synthesized, and every trust policy in it is proven", () => {
    const { manifest } = synth(access);
    expect(manifest.length).toBeGreaterThanOrEqual(access.accounts.length * 3);
  });

  test("has allowed and denied examples", () => {
    const answers = new Set(claims.map(([, answer]) => answer));
    expect([...answers].sort()).toEqual(["allowed", "denied"]);
  });

  test.each(claims.map(([args, answer]) => [args.join(" "), answer, args] as const))(
    "explain %s: %s",
    (_, answer, args) => {
      const found = explain(() => access, optionsOf(args));
      expect(found.map(({ decision }) => WORDS[decision])).toEqual([answer]);
    },
  );
});
