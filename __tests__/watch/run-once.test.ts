import { createServer } from "node:http";
import { closeServer, listenOnLoopback } from "../../dev/sandbox/http/listen";
import { ProjectError } from "../../lib/errors";
import { webhookIn } from "../../lib/watch/deliver/webhook";
import type { WatchReport } from "../../lib/watch/model/report";
import type { Stranger } from "../../lib/watch/model/strangers";
import { printWatch } from "../../lib/watch/print/text";
import { recordAfter, type WatchRecord } from "../../lib/watch/record/record";
import type { RecordStore, StoredRecord } from "../../lib/watch/record/store";
import { type RunOptions, runOnce } from "../../lib/watch/run-once";

const AT = "2026-11-30T03:00:00Z";

const STRANGER: Stranger = {
  id: "assumption-0123456789ab",
  kind: "assumption",
  who: "user 00000000 from <!channel> of github.com/@all/site",
  role: "website/deploy",
  why: "access.yaml does not grant it",
  count: 1,
  first: AT,
  last: AT,
};

function aReport(differences: Partial<WatchReport> = {}): WatchReport {
  return {
    schemaVersion: 1,
    account: "main",
    accountId: "123456789012",
    at: AT,
    since: "2026-11-29T03:00:00Z",
    review: { schemaVersion: 1, stacks: [], leftOut: [], access: [], findings: [] },
    examined: { roles: 2, otherRoles: 0, providers: 1, buckets: 3 },
    assumptions: { from: "2026-11-29T02:00:00Z", until: AT, source: "LookupEvents", notJudged: [] },
    strangers: [],
    changed: [],
    ended: [],
    isNew: [],
    notExamined: [],
    ...differences,
  };
}

/** A run with a chat server that answers with this status. */
async function running(
  report: WatchReport | ProjectError,
  options: Partial<RunOptions> & { readonly status?: number } = {},
) {
  const messages: string[] = [];
  const chat = createServer((request, response) => {
    request.on("data", (part: Buffer) => messages.push(JSON.parse(part.toString()).text));
    request.on("end", () => response.writeHead(options.status ?? 200).end());
  });
  const env = { OIDC_WATCH_WEBHOOK: `${await listenOnLoopback(chat)}/hook` };
  let kept: WatchRecord | undefined;
  const store: RecordStore = {
    place: "watch.json",
    read: async (): Promise<StoredRecord | undefined> => undefined,
    write: async (record) => {
      kept = record;
      return true;
    },
  };
  const next = recordAfter(undefined, {
    account: "123456789012",
    at: AT,
    told: [],
    observed: {},
    isPartial: false,
    assumptionsUntil: AT,
  });
  const shown: WatchReport[] = [];
  try {
    const outcome = await runOnce(
      { key: "main" },
      {
        store,
        webhook: webhookIn(env),
        env: {},
        failOn: [],
        accepted: [],
        always: false,
        waits: { firstMs: 1 },
        examine: async () => {
          if (report instanceof ProjectError) throw report;
          return { report, next };
        },
        show: (one) => shown.push(one),
        ...options,
      },
    ).catch((error: ProjectError) => error.code);
    return { outcome, messages, isKept: kept !== undefined, isShown: shown.length > 0 };
  } finally {
    await closeServer(chat);
  }
}

test("nothing new: exit code 0, the record is written, and no message is sent", async () => {
  expect(await running(aReport())).toEqual({ outcome: 0, messages: [], isKept: true, isShown: true });
  expect((await running(aReport(), { always: true })).messages).toHaveLength(1);
});

test("an assumption by a stranger: a message that mentions no channel; it fails where --fail-on names it", async () => {
  const report = aReport({ strangers: [STRANGER], isNew: [STRANGER.id] });
  const { outcome, messages } = await running(report);
  expect(outcome).toBe(0);
  expect(messages).toEqual([expect.stringContaining("assumption: user 00000000 from ‹!channel›")]);
  expect(messages[0]).not.toMatch(/@all|<!/);
  expect((await running(report, { failOn: ["assumption"] })).outcome).toBe(1);
  expect((await running(report, { failOn: ["assumption"], accepted: [STRANGER.id] })).outcome).toBe(0);
});

test("what was not examined is never a success, unless it is accepted", async () => {
  const id = "not-examined-0123456789ab";
  const report = aReport({ notExamined: [{ id, what: "assumptions of roles", reason: "AccessDenied" }] });
  expect(await running(report)).toMatchObject({
    outcome: 1,
    messages: [expect.stringContaining("1 not examined")],
  });
  expect((await running(report, { accepted: [id] })).outcome).toBe(0);
  expect(printWatch(report, { failing: [], accepted: [] })).toMatch(
    /Not examined in CloudTrail[\s\S]*AccessDenied/,
  );
});

test("a message that does not arrive: the report was shown, and the record is not written", async () => {
  const report = aReport({ strangers: [STRANGER], isNew: [STRANGER.id] });
  expect(await running(report, { status: 404 })).toMatchObject({
    outcome: "watch-webhook-failed",
    isKept: false,
    isShown: true,
  });
});

test("a run that fails says so in a message, and does not write the record", async () => {
  const failure = new ProjectError({
    code: "wrong-account",
    message: "the credentials are of another account",
  });
  expect(await running(failure)).toEqual({
    outcome: "wrong-account",
    messages: [expect.stringMatching(/watch failed, and nothing was compared: error\[wrong-account\]/)],
    isKept: false,
    isShown: false,
  });
});
