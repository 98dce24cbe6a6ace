import type { ReadOnly } from "./observed";
import { addRecord, NoRecord, type Wanted } from "./read-record";
import { JsonSplitter } from "./split-json";
import type { Tally } from "./tally";
import { textAt, valueAt } from "./text-at";

/** What a file holds that is no call: CloudTrail writes such files beside its logs. */
export type OtherContent = "digest" | "insight";

/** A file that holds no events, and whose content is known. */
export class HoldsOther extends Error {
  constructor(readonly content: OtherContent) {
    super();
  }
}

/**
 * Reads events in any layout of JSON: each one is parsed whole. Slower than `Scanner`, which reads
 * the files of CloudTrail.
 */
export class ExactReader {
  readonly #splitter: JsonSplitter;
  #items = 0;

  constructor(wanted: Wanted, tally: Tally) {
    this.#splitter = new JsonSplitter((text) => {
      this.#items += 1;
      const item = parse(text, this.#items);
      const event = textAt(item, "CloudTrailEvent");
      addEvent(
        event === "" ? item : parse(Buffer.from(event).toString("latin1"), this.#items),
        wanted,
        tally,
      );
    });
  }

  /** @throws HoldsOther, NoRecord, NotEvents */
  push(bytes: Buffer): void {
    this.#splitter.push(bytes);
  }

  /** @throws NoRecord */
  end(): void {
    if (!this.#splitter.isWhole) throw new NoRecord("the JSON ends too early");
  }
}

/**
 * One event, parsed: counted among what was examined, and added if it counts.
 * @throws HoldsOther, NoRecord
 */
export function addEvent(event: unknown, wanted: Wanted, tally: Tally): void {
  if (isDigest(event)) throw new HoldsOther("digest");
  const category = textAt(event, "eventCategory");
  if (category === "Insight" || textAt(event, "eventType") === "AwsCloudTrailInsight")
    throw new HoldsOther("insight");
  const time = textAt(event, "eventTime");
  if (wanted.since !== undefined && time !== "" && time < wanted.since) return;
  addRecord(event, wanted, tally);
  const [account, region] = [textAt(event, "recipientAccountId"), textAt(event, "awsRegion")];
  const readOnly = readOnlyOf(valueAt(event, "readOnly"));
  const once = { count: 1, first: time, last: time };
  tally.addExamined({ account, region, category, readOnly }, once, [time.slice(0, 10)]);
}

/** A boolean in trail files; a text in other copies. */
export function readOnlyOf(value: unknown): ReadOnly {
  const text = String(value ?? "");
  return text === "true" || text === "false" ? text : "";
}

function isDigest(event: unknown): boolean {
  return textAt(event, "digestStartTime") !== "" && textAt(event, "awsAccountId") !== "";
}

function parse(text: string, at: number): unknown {
  try {
    return JSON.parse(Buffer.from(text, "latin1").toString("utf8"));
  } catch {
    throw new NoRecord(`event ${at} is not valid JSON`);
  }
}
