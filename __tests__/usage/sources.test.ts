import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { COLUMNS } from "../../lib/usage/athena/columns";
import { athenaQuery, TABLE } from "../../lib/usage/athena/query";
import { RegionLookUp } from "../../lib/usage/live/lookup";
import { ownSessions, readAssumptions, readCalls } from "../../lib/usage/live/read-region";
import { readLogs } from "../../lib/usage/sources/read-logs";
import { interestOf } from "../../lib/usage/trail/interest";
import { wantedOf } from "../../lib/usage/trail/read-record";
import { access, assumption, call, PROVIDER, roleArn, subject } from "./records";

const INTEREST = interestOf(access());

describe("LookupEvents", () => {
  const opened = assumption(subject("alice"), "website-deploy", "ASIAONE");
  const pages: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
    AssumeRoleWithWebIdentity: [[opened], [assumption(subject("bob"), "by-hand", "ASIATWO")]],
    ASIAONE: [[opened, call("website-deploy", "ASIAONE", "ecr.amazonaws.com", "PutImage")]],
  };
  test("all pages are asked for, at most two a second, and calls of our sessions only", async () => {
    let now = 1_000;
    const asked: number[] = [];
    const wait = async (ms: number): Promise<void> => {
      now += ms;
    };
    const clock = { now: () => now, wait };
    const lookUp = new RegionLookUp(
      async ({ LookupAttributes: [attribute] = [], NextToken: token = "0" }) => {
        asked.push(now);
        const found = pages[attribute?.AttributeValue ?? ""] ?? [];
        const next = Number(token) + 1;
        return {
          Events: (found[Number(token)] ?? []).map((one) => ({ CloudTrailEvent: JSON.stringify(one) })),
          NextToken: next < found.length ? String(next) : undefined,
        };
      },
      new Date(0),
      clock,
    );
    const wanted = wantedOf(INTEREST);
    const observed = await readAssumptions(lookUp, wanted);
    expect(observed.assumed).toHaveLength(2);
    const sessions = ownSessions(observed, wanted);
    expect(sessions).toEqual(["ASIAONE"]);
    const called = await readCalls(lookUp, sessions, wanted, () => undefined);
    expect(called.called).toMatchObject([{ session: "ASIAONE", name: "PutImage" }]);
    expect(called.assumed).toEqual([]);
    expect(asked).toEqual([1_000, 1_500, 2_000]);
  });
});

describe("Athena", () => {
  const row = (given: Readonly<Record<string, string>>): string =>
    COLUMNS.map((column) => `"${(given[column] ?? "").replaceAll('"', '""')}"`).join(",");
  const times = { times: "3", first_time: "2026-11-01T00:00:00Z", last_time: "2026-11-02T00:00:00Z" };
  const rows = [
    row({
      ...times,
      kind: "assumed",
      by: "web-identity",
      role: roleArn("website-deploy"),
      role_id: "AROAONE",
      subject: subject("alice"),
      provider: PROVIDER,
      session: "K",
    }),
    row({
      ...times,
      kind: "called",
      role: roleArn("website-deploy"),
      session: "K",
      source: "ecr.amazonaws.com",
      name: "PutImage",
      denied: "false",
    }),
    row({ ...times, kind: "examined", account: "123456789012", region: "us-east-1", category: "Management" }),
  ];
  const head = row(Object.fromEntries(COLUMNS.map((column) => [column, column])));

  async function read(text: string) {
    const folder = mkdtempSync(path.join(tmpdir(), "usage-athena-"));
    const file = path.join(folder, "result.csv");
    writeFileSync(file, text);
    try {
      return await readLogs({ files: [{ name: file, from: { path: file } }], count: 1, bytes: 1 }, INTEREST);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  /** As `aws athena get-query-results` prints it; a NULL has no value. */
  const asJson = (csv: readonly string[], more: object = {}) =>
    JSON.stringify(
      {
        ...more,
        UpdateCount: 0,
        ResultSet: {
          Rows: csv.map((line) => ({
            Data: line
              .slice(1, -1)
              .split('","')
              .map((cell) => (cell === "" ? {} : { VarCharValue: cell })),
          })),
          ResultSetMetadata: { ColumnInfo: COLUMNS.map((Name) => ({ Name, Type: "varchar" })) },
        },
      },
      null,
      4,
    );
  test.each([
    ["the CSV in its output location", [head, ...rows, ""].join("\n")],
    ["the JSON of the AWS CLI", asJson([head, ...rows])],
  ])("its result is read as the records are: %s", async (_, text) => {
    const { joined, notRead } = await read(text);
    expect(notRead).toEqual([]);
    expect(joined.assumed).toMatchObject([{ subject: subject("alice"), roleId: "AROAONE", count: 3 }]);
    expect(joined.called).toMatchObject([
      { name: "PutImage", count: 3, denied: false, assumed: { subject: subject("alice") } },
    ]);
    expect(joined.called[0]).not.toHaveProperty("resources");
    expect(joined.examined).toMatchObject([{ region: "us-east-1", count: 3 }]);
  });
  test.each([
    ["another query's result", ['"kind","role","x"', '"a","b","c"'].join("\n"), /columns/],
    ["a page of JSON that is not the last", asJson([head, ...rows], { NextToken: "AAAA" }), /further pages/],
    ["JSON of another query", asJson(['"a","b"', '"1","2"']), /columns/],
    ["a time that is none", [head, rows[0]?.replace("2026-11-02T", "02.11.2026 ")].join("\n"), /row 2/],
    ["a row that was cut", [head, rows[0]?.slice(0, -30)].join("\n"), /row 2/],
  ])("%s is not read", async (_, text, reason) => {
    expect((await read(text)).notRead).toMatchObject([{ reason: expect.stringMatching(reason) }]);
  });
  test("the query selects the columns of each kind in their order, and only a plain name is a table", () => {
    const parts = athenaQuery({ ...INTEREST, since: "2026-09-01T00:00:00Z" }, "logs.trail").split(
      "UNION ALL",
    );
    expect(parts).toHaveLength(3);
    for (const part of parts) {
      expect([...part.matchAll(/ AS "([a-z_]+)"/g)].map(([, name]) => name)).toEqual([...COLUMNS]);
      expect(part).toContain("FROM logs.trail\nWHERE eventtime >= '2026-09-01T00:00:00Z'");
    }
    // Athena User Guide, "Create a table for CloudTrail logs", read on 2026-11-30.
    const documented =
      /^(?:useridentity(?:\.(?:type|principalid|arn|accountid|invokedby|accesskeyid|username|sessioncontext\.sessionissuer\.(?:type|principalid|arn|accountid|username)|sessioncontext\.webidfederationdata\.federatedprovider))|eventtime|eventsource|eventname|awsregion|errorcode|requestparameters|responseelements|eventid|readonly|eventtype|recipientaccountid|eventcategory)$/;
    const columns = parts
      .join("\n")
      .replaceAll(/'[^']*'|"[^"]*"|\bFROM \S+/g, "")
      .match(/\b(?:useridentity\.[a-z.]+|[a-z]{9,})\b/g);
    expect(columns?.length).toBeGreaterThan(20);
    expect((columns ?? []).filter((name) => !documented.test(name))).toEqual([]);
    expect(["trail", "a.b"].every((name) => TABLE.test(name))).toBe(true);
    expect(["a; drop", "a.b.c", "a--", "1a", ""].some((name) => TABLE.test(name))).toBe(false);
  });
});
