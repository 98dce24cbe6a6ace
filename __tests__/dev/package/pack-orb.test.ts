import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { packedOrb, packOrb } from "../../../dev/package/pack-orb";
import { repositoryRoot } from "../../../lib/programs/cache";
import { validConfig } from "../../circleci/valid-config";

interface Orb {
  readonly jobs: Readonly<Record<string, { readonly parameters: Readonly<Record<string, unknown>> }>>;
  readonly commands: Orb["jobs"];
  readonly examples: Readonly<Record<string, { readonly usage: unknown }>>;
}

const SOURCE = path.join(repositoryRoot, "orb", "src");
const text = readFileSync(path.join(repositoryRoot, "orb", "orb.yml"), "utf8");
const orb: Orb = validConfig(text);

test("orb/orb.yml is packed from orb/src", () => {
  expect(text).toBe(packedOrb());
});

test("CircleCI's schema accepts the orb in a configuration, and each of its examples", () => {
  const { jobs, commands, executors } = parse(text);
  validConfig(JSON.stringify({ version: 2.1, orbs: { oidc: { jobs, commands, executors } } }));
  expect(Object.keys(orb.examples)).toHaveLength(4);
  for (const { usage } of Object.values(orb.examples)) validConfig(JSON.stringify(usage));
});

test("each check is a command and a job, and the job hands on every parameter", () => {
  expect(Object.keys(orb.jobs)).toEqual(["audit", "explain-expect", "review"]);
  for (const [name, { parameters }] of Object.entries(orb.jobs)) {
    const { image: _, before: __, ...handedOn } = parameters;
    expect(handedOn).toEqual(orb.commands[name]?.parameters);
    const [, , call] = parse(readFileSync(path.join(SOURCE, "jobs", `${name}.yml`), "utf8")).steps;
    expect(Object.keys(call[name])).toEqual(Object.keys(handedOn));
  }
});

test("the installed version and that of the examples are the version of the package", () => {
  const { version } = JSON.parse(readFileSync(path.join(repositoryRoot, "package.json"), "utf8"));
  const named = [...text.matchAll(/(?:cdktf-circleci-oidc|acme\/oidc)@(\S+)/g)].map(([, one]) => one);
  expect(named.filter((one) => /^\d/.test(one ?? ""))).not.toHaveLength(0);
  expect(new Set(named.filter((one) => /^\d/.test(one ?? "")))).toEqual(new Set([version]));
});

test("its scripts are packed, and never contain a parameter's value", () => {
  for (const name of readdirSync(path.join(SOURCE, "scripts"))) {
    const script = readFileSync(path.join(SOURCE, "scripts", name), "utf8");
    expect(script.replaceAll("<<<", "")).not.toContain("<<");
    expect(text).toContain(script.split("\n")[0]);
  }
});

describe("packing", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "orb-"));
    mkdirSync(path.join(folder, "commands"));
    mkdirSync(path.join(folder, "scripts"));
    writeFileSync(path.join(folder, "@orb.yml"), "version: 2.1\n");
    writeFileSync(path.join(folder, "scripts", "a.sh"), "cat <<END\nEND\n");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const withCommand = (content: string): Readonly<Record<string, unknown>> => {
    writeFileSync(path.join(folder, "commands", "a.yml"), content);
    return packOrb(folder);
  };
  const refused = (found: string) => expect.objectContaining({ code: "orb-source", found });

  test("an included script becomes text in which nothing is a reference", () => {
    expect(withCommand("steps: [{ run: << include(scripts/a.sh) >> }]")).toEqual({
      version: 2.1,
      commands: { a: { steps: [{ run: "cat \\<<END\nEND\n" }] } },
    });
  });

  test.each([
    ["a file that is missing", "run: <<include(scripts/b.sh)>>", "scripts/b.sh cannot be read"],
    [
      "a file outside of the orb",
      "run: <<include(../../etc/passwd)>>",
      "../../etc/passwd is outside of the orb",
    ],
    [
      "a part of a text",
      "run: set -e; <<include(scripts/a.sh)>>",
      '"set -e; <<include(scripts/a.sh)>>" includes a file inside of a text',
    ],
    ["a list", "- run", "commands/a.yml is not a map"],
  ])("refuses %s", (_, content, found) => {
    expect(() => withCommand(content)).toThrow(refused(found));
  });

  test("refuses a key that is defined twice", () => {
    writeFileSync(path.join(folder, "commands", "@more.yml"), "a: {}\n");
    expect(() => withCommand("steps: []")).toThrow(refused("commands/a.yml defines a again"));
  });
});
