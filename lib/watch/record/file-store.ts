import { existsSync, readFileSync } from "node:fs";
import { sha256 } from "../../project/sha256";
import { writeWhole } from "../../project/write-whole";
import { parseRecord, printRecord } from "./record";
import type { RecordStore, StoredRecord } from "./store";

/** A record in a file. @param account 12 digits */
export function fileStore(file: string, account: string): RecordStore {
  const read = async (): Promise<StoredRecord | undefined> => {
    if (!existsSync(file)) return undefined;
    const text = readFileSync(file, "utf8");
    return { record: parseRecord(text, file, account), version: sha256(text) };
  };
  return {
    place: file,
    read,
    write: async (record, over) => {
      if ((await read())?.version !== over?.version) return false;
      writeWhole(file, printRecord(record));
      return true;
    },
  };
}
