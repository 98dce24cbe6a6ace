import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "../../lib/programs/cache";

const FOLDERS = ["docs", "lib", "dev", "examples", "__tests__", ".github"];
const isPage = (name: string): boolean => name.endsWith(".md");
const pages: readonly string[] = [
  ...readdirSync(repositoryRoot).filter(isPage),
  ...FOLDERS.filter((folder) => existsSync(path.join(repositoryRoot, folder))).flatMap((folder) =>
    readdirSync(path.join(repositoryRoot, folder), { recursive: true, encoding: "utf8" })
      .filter(isPage)
      .map((page) => path.join(folder, page)),
  ),
];

const read = (page: string): string => readFileSync(path.join(repositoryRoot, page), "utf8");

/** A page without its code blocks, in which nothing is a link. */
function proseOf(page: string): string {
  return read(page).replace(/^( *)(```+)[^\n]*\n.*?^\1\2$/gms, "");
}

/** The anchors that GitHub gives a page's headings. */
function anchorsOf(page: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading = ""] of proseOf(page).matchAll(/^#+ +(.+)$/gm)) {
    const slug = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-");
    let anchor = slug;
    for (let n = 1; anchors.has(anchor); n++) anchor = `${slug}-${n}`;
    anchors.add(anchor);
  }
  return anchors;
}

interface Link {
  readonly page: string;
  readonly target: string;
}

const links: readonly Link[] = pages.flatMap((page) =>
  [...proseOf(page).matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)]
    .map(([, link, image]) => link ?? image ?? "")
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => ({ page, target })),
);

/** What is wrong with a link; undefined: nothing. */
function faultOf({ page, target }: Link): string | undefined {
  const [file = "", anchor] = target.split("#");
  const linked = file === "" ? page : path.join(path.dirname(page), file);
  if (!existsSync(path.join(repositoryRoot, linked))) return `${page}: no file ${target}`;
  if (anchor === undefined || !linked.endsWith(".md")) return undefined;
  return anchorsOf(linked).has(anchor) ? undefined : `${page}: no heading ${target}`;
}

test("every link in every page leads to a file and to a heading in it", () => {
  expect(links.length).toBeGreaterThan(100);
  expect(links.map(faultOf).filter((fault) => fault !== undefined)).toEqual([]);
});

test("a link to a missing file or heading is found", () => {
  expect(faultOf({ page: "README.md", target: "docs/none.md" })).toBe("README.md: no file docs/none.md");
  expect(faultOf({ page: "README.md", target: "docs/trust.md#none" })).toBe(
    "README.md: no heading docs/trust.md#none",
  );
});

test("every path of this repository that a page names in code marks exists", () => {
  // The changelog names what was.
  const present = pages.filter((page) => page !== "CHANGELOG.md");
  const named = present.flatMap((page) =>
    [...proseOf(page).matchAll(/`((?:lib|dev|cli|stacks|constructs|setup|__tests__)\/[\w./-]*)`/g)].map(
      ([, name = ""]) => ({ page, name }),
    ),
  );
  expect(named.length).toBeGreaterThan(30);
  const missing = named.filter(
    ({ name }) => !["", ".ts"].some((end) => existsSync(path.join(repositoryRoot, name + end))),
  );
  expect(missing).toEqual([]);
});
