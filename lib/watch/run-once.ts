import type { Account } from "../config/model/model";
import { describeError, ProjectError } from "../errors";
import type { WaitOptions } from "../http/waits";
import type { GateResult } from "../report/verdict/gate";
import { failureMessage, jobLink, messageOf } from "./deliver/message";
import { postMessage, type Webhook } from "./deliver/webhook";
import { unexamined, watchGateOf } from "./model/gate";
import type { WatchReport } from "./model/report";
import { keepRecord } from "./record/keep";
import type { WatchRecord } from "./record/record";
import type { RecordStore } from "./record/store";

export interface RunOptions {
  readonly store: RecordStore;
  /** Undefined: no message is sent. */
  readonly webhook: Webhook | undefined;
  readonly env: NodeJS.ProcessEnv;
  /** Words of `--fail-on`. */
  readonly failOn: readonly string[];
  /** Ids of `--accept`. */
  readonly accepted: readonly string[];
  /** Send a message although nothing is new. */
  readonly always: boolean;
  readonly waits?: WaitOptions;
  /** Examines the account. @param record of the last run */
  readonly examine: (
    record: WatchRecord | undefined,
  ) => Promise<{ readonly report: WatchReport; readonly next: WatchRecord }>;
  /** Shows the report before anything is sent. */
  readonly show: (report: WatchReport, gate: GateResult) => void;
}

/**
 * One run: read the record, examine, show, send, and only then write the record. What fails on the
 * way is told again by the next run.
 * @returns the exit code: 1 if a gate fails or something was not examined and is not accepted
 * @throws ProjectError those of the store, of `examine` and of `postMessage`
 */
export async function runOnce(account: Pick<Account, "key">, options: RunOptions): Promise<0 | 1> {
  const { store, webhook, env, failOn, accepted, always, show } = options;
  const send = async (text: string): Promise<void> => {
    if (webhook !== undefined) await postMessage(webhook, text, env, options.waits);
  };
  const { before, report, next } = await examined(options).catch(async (error: unknown) => {
    const failure = error instanceof ProjectError ? describeError(error) : "an unexpected error";
    await send(failureMessage(account.key, failure, jobLink(env)));
    throw error;
  });
  const gate = watchGateOf(report, failOn, accepted);
  const unread = unexamined(report, accepted);
  show(report, gate);
  if (always || report.isNew.length > 0 || unread > 0) await send(messageOf(report, gate, jobLink(env)));
  await keepRecord(store, next, before);
  return gate.failing.length > 0 || unread > 0 ? 1 : 0;
}

async function examined({ store, examine }: RunOptions) {
  const before = await store.read();
  return { before, ...(await examine(before?.record)) };
}
