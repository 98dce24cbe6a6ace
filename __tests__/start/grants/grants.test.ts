import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type GrantOptions, grant } from "../../../lib/start/grants/grant";
import { printGranted, printPruned } from "../../../lib/start/grants/print";
import { prune } from "../../../lib/start/grants/prune";
import { errorOf } from "../../fixtures/project-error";

const NOW = "2026-11-30T08:00:30Z";
const text = `# Who may deploy
organization: { id: 6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11 }
accounts: { main: { id: "123456789012", region: us-east-1, state: { bucket: acme-state } } }
people:
  alice: 0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01
  bob: 91d0a1f7-6c0b-4d3e-9a5c-6f1e8d2b3c02
  carol: 3f1c9a52-0e64-4d8b-b7a1-5c2e8d904f13
groups:
  ops: [alice, { carol: { until: 2026-10-31 } }] # on call
  contractors: { people: [carol], until: 2026-11-29 }
projects:
  website:
    id: 77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03
    repository: github.com/acme/website
    roles:
      preview: { people: everyone, branches: any }
      deploy:
        # The release managers.
        people:
          - ops
          - bob: { until: 2026-11-29, reason: INC-100 } # last week
          # External.
          - contractors
        branches: [main]
      migrate: { people: [{ bob: { until: 2026-11-01 } }], branches: [main] }
      old: { people: [alice], branches: [main], until: 2026-11-01 }
`;

let file: string;
beforeEach(() => {
  file = path.join(mkdtempSync(path.join(tmpdir(), "grants-")), "access.yaml");
  writeFileSync(file, text);
});
afterEach(() => rmSync(path.dirname(file), { recursive: true }));
const now = (): string => readFileSync(file, "utf8");

describe("prune", () => {
  const without = text
    .replace(", { carol: { until: 2026-10-31 } }", "")
    .replace("\n  contractors: { people: [carol], until: 2026-11-29 }", "")
    .replace("\n          - bob: { until: 2026-11-29, reason: INC-100 } # last week", "")
    .replace("\n          - contractors", "");

  test("takes names and groups that have ended out of the file, and keeps the rest with its comments", () => {
    const { removed, left, diff } = prune(file, NOW, false);
    expect(now()).toBe(without);
    expect(removed.map(({ path: [first, ...rest] }) => `${first} ${rest.at(-1)}`)).toEqual([
      "groups contractors",
      "groups carol",
      "projects bob",
    ]);
    expect(left.map(({ entry }) => entry.path.join("."))).toEqual([
      "projects.website.roles.migrate.people.bob",
      "projects.website.roles.old",
    ]);
    expect(diff).toContain("-          - bob: { until: 2026-11-29, reason: INC-100 } # last week");
  });

  test("a second run has nothing to do, and says what is left", () => {
    prune(file, NOW, false);
    const again = prune(file, NOW, false);
    expect([now(), again.diff, again.removed]).toEqual([without, "", []]);
    expect(printPruned(again, false)).toMatch(
      /^Nothing was removed\.\nLeft: bob in .*migrate\.people ended on 1 November 2026\n/,
    );
  });

  test("at the last second of an entry it stays; --dry-run writes nothing", () => {
    expect(prune(file, "2026-11-29T23:59:59Z", true).removed.map(({ path: keys }) => keys.at(-1))).toEqual([
      "carol",
    ]);
    expect(prune(file, "2026-11-30T00:00:00Z", true).removed).toHaveLength(3);
    expect(now()).toBe(text);
  });

  test("a group stays where it is the only name of a role; the only group takes the map with it", () => {
    const last = text.replace("people: [{ bob: { until: 2026-11-01 } }]", "people: [contractors]");
    writeFileSync(file, last);
    expect(prune(file, NOW, false).left[0]).toMatchObject({
      why: expect.stringMatching(/^a role lists only this group/),
    });
    expect(now()).toContain("contractors: { people: [carol], until: 2026-11-29 }");
    writeFileSync(file, text.replace(/\n {2}ops: .*/, "").replace("- ops", "- alice"));
    prune(file, NOW, false);
    expect(now()).not.toContain("groups");
  });
});

describe("grant", () => {
  const options: GrantOptions = { name: "carol", role: "website/deploy", for: "2h", reason: "INC-123" };

  test("writes an entry with its end and reason, and keeps the rest", () => {
    const granted = grant(file, options, NOW, false);
    expect(now()).toBe(
      text.replace(
        "          - contractors",
        "          - contractors\n          - { carol: { until: 2026-11-30T10:01Z, reason: INC-123 } }",
      ),
    );
    expect(granted).toMatchObject({ role: "website/deploy", end: "2026-11-30T10:01:00Z", replaced: false });
    expect(printGranted(granted, false)).toContain(
      "carol may assume website/deploy until 30 November 2026 10:01 UTC (INC-123).",
    );
  });

  test("into a list on one line; and again: the entry is replaced", () => {
    grant(file, { ...options, role: "migrate" }, NOW, false);
    expect(now()).toContain(
      "migrate: { people: [{ bob: { until: 2026-11-01 } }, { carol: { until: 2026-11-30T10:01Z, reason: INC-123 } }], branches",
    );
    expect(grant(file, { name: "bob", role: "migrate", until: "2026-12-31" }, NOW, false).replaced).toBe(
      true,
    );
    expect(now()).toContain("migrate: { people: [{ bob: { until: 2026-12-31 } }, { carol:");
  });

  test("in the place of an entry on a line of its own, whose comment stays", () => {
    grant(file, { name: "bob", role: "website/deploy", until: "2026-12-31" }, NOW, false);
    expect(now()).toBe(
      text.replace(
        "- bob: { until: 2026-11-29, reason: INC-100 } # last week",
        "- { bob: { until: 2026-12-31 } } # last week",
      ),
    );
  });

  test("a file with CR LF keeps them", () => {
    writeFileSync(file, text.replaceAll("\n", "\r\n"));
    grant(file, options, NOW, false);
    expect(now()).toContain(
      "- contractors\r\n          - { carol: { until: 2026-11-30T10:01Z, reason: INC-123 } }\r\n",
    );
  });

  type Change = { readonly [Key in keyof GrantOptions]?: GrantOptions[Key] | undefined };
  test.each<[string, Change, string]>([
    ["an unknown person", { name: "crol" }, "unknown-person"],
    ["an unknown role", { role: "website/deply" }, "unknown-role"],
    ["a person who may do so already", { name: "alice" }, "already-granted"],
    ["a role of everyone", { role: "preview" }, "already-granted"],
    ["no end", { for: undefined }, "wrong-call"],
    ["two ends", { until: "2026-12-31" }, "wrong-call"],
    ["a duration of another form", { for: "2 hours" }, "wrong-call"],
    ["no duration", { for: "0h" }, "wrong-call"],
    ["an end in the past", { for: undefined, until: "2026-11-29" }, "wrong-call"],
    ["a time without a zone", { for: undefined, until: "2026-12-31T18:00" }, "wrong-call"],
    ["a reason of two lines", { reason: "a\nb" }, "wrong-call"],
    [
      "a start after the end",
      { for: undefined, until: "2026-12-31", from: "2027-01-01" },
      "access-file-invalid",
    ],
    [
      "a role that has ended",
      { role: "old", for: undefined, from: "2026-12-01", until: "2026-12-31" },
      "access-file-invalid",
    ],
  ])("%s is an error, and nothing is written", (_, change, code) => {
    const asked = { ...options, ...change } as GrantOptions;
    expect(errorOf(() => grant(file, asked, NOW, false)).code).toBe(code);
    expect(now()).toBe(text);
  });

  test("a misspelt name is answered with the near one", () => {
    expect(errorOf(() => grant(file, { ...options, name: "crol" }, NOW, false)).fix).toBe(
      'did you mean "carol"?',
    );
  });
});
