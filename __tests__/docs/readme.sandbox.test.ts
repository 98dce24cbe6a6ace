import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { commandIn } from "../../lib/command-name";
import { repositoryRoot } from "../../lib/programs/cache";
import { ownProgram } from "../../lib/programs/own-program";

const read = (file: string): string => readFileSync(path.join(repositoryRoot, file), "utf8");
const [english, japanese, help] = [read("README.md"), read("README.ja.md"), read("help")];

/** Examples: fenced and indented blocks, in order. */
function blocksOf(text: string): readonly string[] {
  const fenced = [...text.matchAll(/^( *)```\w+\n(.*?)^\1```$/gms)].map(([, , block = ""]) => block);
  const rest = text.replace(/^( *)```\w+\n.*?^\1```$/gms, "");
  const indented = [...rest.matchAll(/^(?: {4}\S.*\n(?:(?: {4}.*)?\n)*)/gm)].map(([block]) =>
    block.trimEnd(),
  );
  return [...fenced, ...indented];
}

/** Everything in code marks, sorted: commands, options, names. */
function codeOf(text: string): readonly string[] {
  const rest = text.replace(/^( *)```\w+\n.*?^\1```$/gms, "");
  return [...rest.matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code).sort();
}

/** How many paragraphs, list items and table rows each chapter has. */
function outlineOf(text: string): readonly string[] {
  const prose = text.replace(/^( *)```\w+\n.*?^\1```$/gms, "").replace(/^ {4}.*$/gm, "");
  return prose.split(/^## /m).map((chapter) => {
    const blocks = chapter.split(/\n{2,}/).filter((block) => block.trim() !== "");
    const items = chapter.match(/^(?:-|\d+\.) /gm) ?? [];
    const rows = chapter.match(/^\|/gm) ?? [];
    return `${blocks.length} blocks, ${items.length} items, ${rows.length} rows`;
  });
}

/** Where links and pictures lead. */
function targetsOf(text: string): readonly string[] {
  const found = [...text.matchAll(/\]\(([^)]+)\)|src="([^"]+)"/g)].map(
    ([, link, image]) => link ?? image ?? "",
  );
  return found.filter((target) => !/^README\b/.test(target)).sort();
}

describe("README.ja.md matches README.md", () => {
  test("the same examples, exactly", () => {
    expect(blocksOf(english).length).toBeGreaterThan(6);
    expect(blocksOf(japanese)).toEqual(blocksOf(english));
  });

  test("the same commands, options and names", () => {
    expect(codeOf(japanese)).toEqual(codeOf(english));
  });

  test("the same links and pictures", () => {
    expect(targetsOf(japanese)).toEqual(targetsOf(english));
  });

  test("the same chapters, with the same number of paragraphs, list items and table rows", () => {
    expect(outlineOf(japanese)).toEqual(outlineOf(english));
  });
});

test("every file link in README.md has a target", () => {
  const files = targetsOf(english).filter((target) => !/^https?:/.test(target));
  expect(files.length).toBeGreaterThan(20);
  for (const file of files)
    expect([file, existsSync(path.join(repositoryRoot, file.replace(/#.*$/, "")))]).toEqual([file, true]);
});

test("`oidc` alone prints help, and README.md and `npm run help` list every command", () => {
  const [program, ...oidc] = ownProgram("cli/oidc.ts");
  const said = execFileSync(program, oidc, { cwd: repositoryRoot, encoding: "utf8" });
  const commands = [...said.matchAll(/^ {2}([a-z]+) \S.*$/gm)].map(([, name = ""]) => name);
  const own = commands.filter((name) => name !== "help" && name !== "npm");
  expect(own.slice(0, 4)).toEqual(["init", "ids", "doctor", "bootstrap"]);
  for (const name of own) {
    const typed = commandIn(undefined, name, []);
    const isScript = typed === `npm run ${name}`;
    const inReadme = new RegExp(`\`${isScript ? "(npm run )?" : "npm run -s oidc -- "}${name}\\b`);
    expect([name, inReadme.test(english)]).toEqual([name, true]);
    if (isScript) continue;
    expect([name, said.includes(`  ${typed}`)]).toEqual([name, true]);
    if (name !== "completion") expect([name, help.includes(`${typed} `)]).toEqual([name, true]);
  }
});

test("every script of package.json is in `npm run help`", () => {
  const { scripts }: { scripts: Readonly<Record<string, string>> } = JSON.parse(read("package.json"));
  for (const name of Object.keys(scripts).filter((one) => one !== "test" && one !== "help"))
    expect([name, new RegExp(`npm run (?:-s )?${name}\\b`).test(help)]).toEqual([name, true]);
});
