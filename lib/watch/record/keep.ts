import { ProjectError } from "../../errors";
import { bothRecords, type WatchRecord } from "./record";
import type { RecordStore, StoredRecord } from "./store";

const ATTEMPTS = 5;

/**
 * Writes the record of a run. If another run wrote meanwhile, the record of both is written.
 * @param over what this run read
 * @throws ProjectError `watch-record-contended`; those of the store
 */
export async function keepRecord(
  store: RecordStore,
  record: WatchRecord,
  over: StoredRecord | undefined,
): Promise<void> {
  let [next, seen] = [record, over];
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (await store.write(next, seen)) return;
    seen = await store.read();
    next = seen === undefined ? record : bothRecords(record, seen.record);
  }
  throw new ProjectError({
    code: "watch-record-contended",
    message: `${store.place}: other runs wrote it during ${ATTEMPTS} attempts`,
    found: store.place,
    fix: "let one run at a time watch an account; what this run told, the next one tells again",
  });
}
