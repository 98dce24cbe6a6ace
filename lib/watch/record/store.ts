import type { WatchRecord } from "./record";

/** Where the record of the last run is. */
export interface RecordStore {
  /** For messages: a file, or `s3://BUCKET/KEY`. */
  readonly place: string;
  /**
   * Undefined: there is none, which is a first run.
   * @throws ProjectError those of `parseRecord`; `watch-record-unreachable`
   */
  readonly read: () => Promise<StoredRecord | undefined>;
  /**
   * Writes the record if it is still the one that was read.
   * @returns false: another run wrote meanwhile
   * @throws ProjectError `watch-record-unreachable`, `not-written`
   */
  readonly write: (record: WatchRecord, over: StoredRecord | undefined) => Promise<boolean>;
}

export interface StoredRecord {
  readonly record: WatchRecord;
  /** Equal as long as it is not written. */
  readonly version: string;
}
