import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Ids } from "../../../lib/start/ids/find-ids";
import type { FoundPerson } from "../../../lib/start/ids/find-people";
import { openIdsFile, type WrittenIds, writeIds } from "../../../lib/start/ids/write-ids";
import { ALICE, BOB, CAROL, MALLORY, ORGANIZATION, PROJECT } from "../../circleci/a-circleci";

const OTHER = "99999999-8888-4777-8666-555555555555";
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "ids-"));
  file = path.join(folder, "access.yaml");
});
afterEach(() => rmSync(folder, { recursive: true }));

function person(login: string, id: string, more: Partial<FoundPerson> = {}): FoundPerson {
  return { id, login, name: undefined, isYou: false, source: "project", ...more };
}

const FOUND: Ids = {
  organization: { id: ORGANIZATION, name: "acme", slug: "gh/acme" },
  project: { id: PROJECT, name: "website", slug: "gh/acme/website", repository: "github.com/acme/website" },
  people: [person("alice", ALICE, { isYou: true }), person("bob", BOB)],
  unresolved: [],
  pipelines: 4,
};

const TEXT = `# who may do what
organization: { id: ${ORGANIZATION} } # ours
accounts:
  main: { id: "123456789012", region: us-east-1, state: { bucket: acme-terraform-state } }

people: # ids of CircleCI
    alice: ${ALICE}   # herself
    # more to come

projects:
  website:
    id: ${PROJECT}
    repository: github.com/acme/website
    roles:
      deploy: { people: [alice], branches: [main], bucket: acme-website }
`;

function write(
  text: string,
  people: readonly FoundPerson[] = FOUND.people,
  options: { readonly isAskedFor?: boolean; readonly replace?: boolean } = {},
): WrittenIds {
  writeFileSync(file, text);
  return writeIds(openIdsFile(file), { ...FOUND, people }, { isAskedFor: false, replace: false, ...options });
}

const written = (): string => readFileSync(file, "utf8");

/** Nothing was changed, and no other file is left. */
function refusalOf(text: string, ...rest: [people?: readonly FoundPerson[], options?: object]): unknown {
  try {
    write(text, ...rest);
    return "no refusal";
  } catch (error) {
    expect(written()).toBe(text);
    expect(readdirSync(folder)).toEqual(["access.yaml"]);
    return error;
  }
}

describe("missing entries are added, and all else stays byte for byte", () => {
  test("a person, with the file's indentation", () => {
    const { additions, left } = write(TEXT);
    expect(additions).toEqual([{ path: ["people", "bob"], value: BOB }]);
    expect(left).toEqual([]);
    expect(written()).toBe(TEXT.replace("# herself\n", `# herself\n    bob: ${BOB}\n`));
  });

  test("nothing if the file is complete; a person with another name keeps it", () => {
    const text = TEXT.replace("alice: ", "ali: ").replace("[alice]", "[ali]");
    const full = text.replace("# herself\n", `# herself\n    rob: ${BOB}\n`);
    expect(write(full)).toEqual({ file, additions: [], left: [] });
    expect(written()).toBe(full);
  });

  test("the organization, people and the project's ID if they are missing", () => {
    const text = TEXT.replace(/organization:.*\n/, "")
      .replace(/people: #[\s\S]*?\n\n/, "")
      .replace(/ {4}(id|repository): .*\n/g, "")
      .replace("[alice]", "everyone");
    const { additions } = write(text);
    expect(additions).toEqual([
      { path: ["organization", "id"], value: ORGANIZATION },
      { path: ["people", "alice"], value: ALICE },
      { path: ["people", "bob"], value: BOB },
      { path: ["projects", "website", "id"], value: PROJECT },
      { path: ["projects", "website", "repository"], value: "github.com/acme/website" },
    ]);
    for (const line of text.split("\n")) expect(written().split("\n")).toContain(line);
  });

  test("with the file's line endings and byte order mark", () => {
    const text = `\uFEFF${TEXT.replaceAll("\n", "\r\n")}`;
    write(text);
    expect(written()).toBe(text.replace("# herself\r\n", `# herself\r\n    bob: ${BOB}\r\n`));
  });
});

describe("names", () => {
  test("that are taken by another person or a group get a number", () => {
    const text = TEXT.replace("projects:", "groups: { carol: [alice] }\n\nprojects:");
    const { additions } = write(text, [person("Alice", BOB), person("carol", CAROL)]);
    expect(additions.map(({ path: [, name] }) => name)).toEqual(["Alice-2", "carol-2"]);
  });

  test("that YAML would read as another type are strings", () => {
    write(TEXT, [person("007", BOB), person("null", CAROL)]);
    expect(written()).toContain(`    "007": ${BOB}\n    "null": ${CAROL}\n`);
  });
});

describe("no person gains access by it", () => {
  const lacksBob = TEXT.replace("[alice]", "[alice, bob]");

  test("a name that a role already lists is skipped", () => {
    expect(refusalOf(lacksBob)).toMatchObject({ code: "access-file-invalid" });
    const groups = TEXT.replace("projects:", "groups: { staff: [bob] }\n\nprojects:");
    expect(refusalOf(groups, [person("bob", MALLORY)])).toMatchObject({ code: "access-file-invalid" });
  });

  test("unless it was requested", () => {
    const { additions } = write(lacksBob, [person("bob", BOB)], { isAskedFor: true });
    expect(additions).toEqual([{ path: ["people", "bob"], value: BOB }]);
  });

  test.each(["fork", "unknown"] as const)("a person who ran only code of source %s is skipped", (source) => {
    const { additions, left } = write(TEXT, [person("mallory", MALLORY, { source }), person("bob", BOB)]);
    expect(additions).toEqual([{ path: ["people", "bob"], value: BOB }]);
    expect(left).toEqual([
      { what: `mallory (${MALLORY})`, why: expect.stringContaining("--write --person mallory") },
    ]);
    expect(write(TEXT, [person("mallory", MALLORY, { source })], { isAskedFor: true }).left).toEqual([]);
    expect(written()).toContain(`mallory: ${MALLORY}`);
  });
});

describe("an ID that differs from the file's", () => {
  const other = TEXT.replace(ORGANIZATION, OTHER);

  test("of the organization is rejected, or replaced on request", () => {
    expect(refusalOf(other)).toMatchObject({ code: "ids-other-organization", found: OTHER, exitCode: 2 });
    const { additions } = write(other, [], { replace: true });
    expect(additions).toEqual([{ path: ["organization", "id"], value: ORGANIZATION, before: OTHER }]);
    expect(written()).toBe(TEXT);
  });

  test("of the project with this repository likewise", () => {
    const text = TEXT.replace(PROJECT, OTHER);
    expect(refusalOf(text)).toMatchObject({ code: "ids-other-project", found: OTHER, exitCode: 2 });
    write(text, [], { replace: true });
    expect(written()).toBe(TEXT);
  });

  test("of a person replaces no entry", () => {
    write(TEXT.replace(ALICE, OTHER), [person("alice", ALICE)], { replace: true, isAskedFor: true });
    expect(written()).toContain(`alice: ${OTHER}`);
    expect(written()).toContain(`alice-2: ${ALICE}`);
  });
});

test("a project that is not in the file is skipped, because it has no roles", () => {
  const text = TEXT.replace(PROJECT, OTHER)
    .replace("acme/website\n", "acme/shop\n")
    .replace("  website:", "  shop:");
  const { additions, left } = write(text);
  expect(additions).toHaveLength(1);
  expect(left).toEqual([{ what: "project website", why: expect.stringContaining("roles") }]);
});

describe("nothing is written", () => {
  test("into a file that stays invalid; the error names its lines", () => {
    const text = TEXT.replace("branches: [main]", "branches: []");
    const line = text.split("\n").findIndex((one) => one.includes("branches")) + 1;
    expect(refusalOf(text)).toMatchObject({ code: "access-file-invalid", problems: [{ line }] });
  });

  test.each(["people: [", "a: 1\n---\nb: 2\n"])("into an invalid file: %j", (text) => {
    expect(refusalOf(text)).toMatchObject({ code: "access-file-invalid", exitCode: 2 });
  });

  test("without a file", () => {
    expect(() => openIdsFile(file)).toThrow(expect.objectContaining({ code: "access-file-missing" }));
  });
});

test("an ID of one of several organizations is known; another one is for a person to place", () => {
  const other = "12345678-0d5b-4a52-9e7d-0c6f0b7a1d12";
  const several = (id: string): string =>
    TEXT.replace(
      /^organization: .*$/m,
      `organizations: { acme: { id: ${id}, default: true }, partner: { id: ${other} } }`,
    );
  write(several(ORGANIZATION));
  expect(written()).toContain("bob:");
  expect(written()).not.toContain("organization:");
  expect(refusalOf(several("23456789-0d5b-4a52-9e7d-0c6f0b7a1d13"))).toMatchObject({
    code: "ids-other-organization",
  });
});
