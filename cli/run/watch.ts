import { createS3Client } from "../../lib/aws/clients";
import type { Account } from "../../lib/config/model/model";
import { writeMoment } from "../../lib/config/rules/moment";
import { WATCH_RECORD_KEY } from "../../lib/config/rules/watch-record";
import { readAccepted, readFailOn } from "../../lib/deliver/call/gate-options";
import { inForce, notesOn, today } from "../../lib/project/acceptance";
import { awsPolicies } from "../../lib/project/aws-data";
import { pickAccount } from "../../lib/project/pick-account";
import { readAccess } from "../../lib/project/read-access";
import { wrongCall } from "../../lib/project/unknown-name";
import type { GateResult } from "../../lib/report/verdict/gate";
import { note, print, printAsJson } from "../../lib/terminal/output";
import { webhookIn } from "../../lib/watch/deliver/webhook";
import { idsIn, WATCH_FAIL_ON } from "../../lib/watch/model/gate";
import type { WatchReport } from "../../lib/watch/model/report";
import { printWatch } from "../../lib/watch/print/text";
import { fileStore } from "../../lib/watch/record/file-store";
import { s3Store } from "../../lib/watch/record/s3-store";
import type { RecordStore } from "../../lib/watch/record/store";
import { runOnce } from "../../lib/watch/run-once";
import { watchAccount } from "../../lib/watch/watch";

export interface WatchCall {
  readonly once?: true;
  readonly account?: string;
  readonly failOn?: string;
  readonly accept?: readonly string[];
  readonly acceptFile?: string;
  readonly events?: readonly string[];
  readonly state?: string;
  readonly always?: true;
  readonly json?: true;
}

/** Runs `oidc watch`: exit code 1 if a gate fails or something was not examined. */
export async function runWatch(call: WatchCall): Promise<void> {
  if (call.once !== true)
    throw wrongCall(
      "watch runs on a schedule and not by itself: it takes --once",
      "add --once, and let a scheduled pipeline run it (docs/watch.md)",
    );
  const { accept = [], acceptFile, events, json } = call;
  const failOn = readFailOn(call.failOn, WATCH_FAIL_ON);
  const given = inForce(readAccepted(accept, acceptFile), today());
  const access = readAccess();
  const account = pickAccount(access, call.account);
  const webhook = webhookIn(process.env);
  const { store, close } = storeOf(call.state, account);
  const show = (report: WatchReport, gate: GateResult): void => {
    for (const one of notesOn(given, idsIn(report), "this run")) note(one);
    if (json === true) printAsJson(JSON.stringify(report, null, 2));
    else print(printWatch(report, gate));
  };
  try {
    process.exitCode = await runOnce(account, {
      store,
      webhook,
      env: process.env,
      failOn,
      accepted: given.accepted.map(({ id }) => id),
      always: call.always === true,
      waits: { note },
      examine: (record) =>
        watchAccount(access, account, record, { events, at: writeMoment(Date.now()), aws: awsPolicies }),
      show,
    });
  } finally {
    close();
  }
}

const S3_PLACE = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/(.+)$/;

/** @throws ProjectError `wrong-call` (exit 2) */
function storeOf(
  state: string | undefined,
  account: Account,
): { readonly store: RecordStore; readonly close: () => void } {
  if (state !== undefined && !state.startsWith("s3://"))
    return { store: fileStore(state, account.id), close: () => undefined };
  const place = state ?? `s3://${account.stateBucket}/${WATCH_RECORD_KEY}`;
  const [, bucket, key] = S3_PLACE.exec(place) ?? [];
  if (bucket === undefined || key === undefined)
    throw wrongCall(`--state ${place} is not a place in S3`, "write it as s3://BUCKET/KEY");
  const s3 = createS3Client({ region: account.region });
  return { store: s3Store(s3, { bucket, key, account: account.id }), close: () => s3.destroy() };
}
