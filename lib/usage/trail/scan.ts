import { readOnlyOf } from "./read-exactly";
import { addRecord, type Wanted } from "./read-record";
import type { Tally } from "./tally";

const START = '{"Records":[';
const RECORD = '{"eventVersion":"';
const NEXT = `,${RECORD}`;
const TIME = '"eventTime":"';
const SOURCE = '","eventSource":"';
const NAME = '","eventName":"';
const REGION = '","awsRegion":"';
const CATEGORY = '"eventCategory":"';
const ACCOUNT = '"recipientAccountId":"';
const READ_ONLY = '"readOnly":';
const SESSION = ":assumed-role/";
const PROVIDER = ":oidc-provider/";
const ASSUMED_ROLE = '"userIdentity":{"type":"AssumedRole"';
const ROLE = '"roleArn":"';
const STS = "sts.amazonaws.com";
/** Characters of a time, such as `2026-11-30T05:49:13Z`. */
const TIME_LENGTH = 20;
/** Characters of its day. */
const DAY_LENGTH = 10;
/** The account and the category stand in so many last characters of a record. */
const TAIL = 1_500;
/** No record is longer; CloudTrail leaves parts of an event out that make it longer than 256 KB. */
const MAX_RECORD = 4 * 1024 * 1024;

/** Text that is not written as CloudTrail writes its files; another reader may understand it. */
export class NotAsWritten extends Error {}

interface Count {
  count: number;
  first: string;
  last: string;
  /** Of the record before. */
  day: string;
  readonly days: Set<string>;
}

/**
 * Reads CloudTrail's own files as it writes them: `{"Records":[`, and records without white space
 * that begin with `eventVersion` and `userIdentity`, followed by `eventTime`, `eventSource`,
 * `eventName` and `awsRegion`. Only records of a session or an assumption that may count are
 * parsed; of all others the time, region, account and category are read where they stand. A record
 * that was cut in a wrong place is not valid JSON, so that it is noticed where it counts, and the
 * file is read again by `readExactly`, as is every file that is written in another way.
 *
 * Texts are bytes as Latin-1; a record is decoded as UTF-8 when it is parsed.
 */
export class Scanner {
  #rest = "";
  #isBegun = false;
  readonly #examined = new Map<string, Count>();
  #lastKey = "";
  #lastCount: Count | undefined;
  /** Names of roles, without their accounts. */
  readonly #names: ReadonlySet<string>;

  constructor(
    private readonly wanted: Wanted,
    private readonly tally: Tally,
  ) {
    this.#names = new Set(wanted.roles.map((role) => role.slice(role.indexOf("/") + 1)));
  }

  /** @throws NotAsWritten */
  push(bytes: Buffer): void {
    let text = bytes.toString("latin1");
    if (!this.#isBegun) {
      text = this.#rest + text;
      this.#rest = "";
      if (text.length < START.length + RECORD.length) {
        this.#rest = text;
        return;
      }
      if (!text.startsWith(START + RECORD)) throw new NotAsWritten();
      this.#isBegun = true;
      text = text.slice(START.length);
    }
    // What is left of the chunk before is joined with one record only: a copy of all would cost
    // more than reading it.
    const first = text.indexOf(NEXT);
    const last = text.lastIndexOf(NEXT);
    if (first === -1) {
      this.#rest += text;
      if (this.#rest.length > MAX_RECORD) throw new NotAsWritten();
      return;
    }
    const head = this.#rest + text.slice(0, first);
    this.#records(head, 0, head.length);
    if (last > first) this.#records(text, first + 1, last);
    this.#rest = text.slice(last + 1);
  }

  /** @throws NotAsWritten */
  end(): void {
    const text = this.#rest.trimEnd();
    if (!this.#isBegun || !text.endsWith("]}")) throw new NotAsWritten();
    this.#records(text, 0, text.length - 2);
    for (const [key, { days, ...times }] of this.#examined) {
      const [account = "", region = "", category = "", readOnly = ""] = key.split("\n");
      this.tally.addExamined({ account, region, category, readOnly: readOnlyOf(readOnly) }, times, days);
    }
  }

  /** Whole records, from the start of one to the end of one. */
  #records(text: string, from: number, end: number): void {
    let at = from;
    while (at < end) {
      const next = text.indexOf(NEXT, at + RECORD.length);
      const to = next === -1 || next > end ? end : next;
      this.#record(text, at, to);
      at = to + 1;
    }
  }

  #record(text: string, at: number, to: number): void {
    const time = text.indexOf(TIME, at) + TIME.length;
    const source = time + TIME_LENGTH;
    if (time < TIME.length || source >= to || !text.startsWith(SOURCE, source)) throw new NotAsWritten();
    if (text[time + 4] !== "-" || text[time + 10] !== "T" || text[time + 19] !== "Z")
      throw new NotAsWritten();
    const afterSource = text.indexOf('"', source + SOURCE.length);
    if (!text.startsWith(NAME, afterSource)) throw new NotAsWritten();
    const name = afterSource + NAME.length;
    const afterName = text.indexOf('"', name);
    if (!text.startsWith(REGION, afterName)) throw new NotAsWritten();
    const region = afterName + REGION.length;
    if (this.wanted.since !== undefined && text.slice(time, source) < this.wanted.since) return;
    this.#count(text.slice(time, source), text.slice(region, text.indexOf('"', region)), text, region, to);
    const isAssumption =
      text.startsWith("AssumeRole", name) &&
      text.startsWith(STS, source + SOURCE.length) &&
      this.#mayBeOurs(text, name, to);
    if (isAssumption || this.#mayCount(text, at, time))
      addRecord(parse(text.slice(at, to)), this.wanted, this.tally);
  }

  /** Whether an assumption may be of a role of access.yaml; one with a token always may. */
  #mayBeOurs(text: string, name: number, to: number): boolean {
    if (text.startsWith("AssumeRoleWithWebIdentity", name)) return true;
    const role = text.indexOf(ROLE, name) + ROLE.length;
    if (role < ROLE.length || role >= to) return true;
    const arn = text.slice(role, text.indexOf('"', role));
    return this.#names.has(arn.slice(arn.lastIndexOf("/") + 1));
  }

  /** Whether a record is one of a session that may be of a role of access.yaml, or of CircleCI. */
  #mayCount(text: string, at: number, to: number): boolean {
    const identity = text.slice(at, to);
    const comma = identity.indexOf(",");
    if (!identity.startsWith(ASSUMED_ROLE, comma + 1)) return false;
    const role = identity.indexOf(SESSION) + SESSION.length;
    const slash = identity.indexOf("/", role);
    // The ARN of a session always names its role; without one the record is read whole.
    if (role < SESSION.length || slash === -1 || this.#names.has(identity.slice(role, slash))) return true;
    const provider = identity.indexOf(PROVIDER) + PROVIDER.length;
    if (provider < PROVIDER.length) return false;
    const host = identity.slice(provider, identity.indexOf("/", provider)).toLowerCase();
    return host === "oidc.circleci.com" || this.wanted.servers.includes(host);
  }

  #count(time: string, region: string, text: string, from: number, to: number): void {
    const tail = text.slice(Math.max(from, to - TAIL), to);
    // The last of each, because a request can have a parameter of that name.
    const key = `${lastValue(tail, ACCOUNT)}\n${region}\n${lastValue(tail, CATEGORY)}\n${readOnlyIn(tail)}`;
    if (key !== this.#lastKey || this.#lastCount === undefined) {
      const known = this.#examined.get(key);
      const once = detached(time);
      this.#lastCount = known ?? { count: 0, first: once, last: once, day: "none", days: new Set() };
      this.#lastKey = detached(key);
      if (known === undefined) this.#examined.set(this.#lastKey, this.#lastCount);
    }
    const counted = this.#lastCount;
    counted.count += 1;
    if (time < counted.first) counted.first = detached(time);
    if (time > counted.last) counted.last = detached(time);
    if (time.startsWith(counted.day)) return;
    counted.day = detached(time.slice(0, DAY_LENGTH));
    counted.days.add(counted.day);
  }
}

function lastValue(text: string, name: string): string {
  const at = text.lastIndexOf(name);
  return at === -1 ? "" : text.slice(at + name.length, text.indexOf('"', at + name.length));
}

function readOnlyIn(text: string): string {
  const at = text.lastIndexOf(READ_ONLY) + READ_ONLY.length;
  if (at < READ_ONLY.length) return "";
  return text.startsWith("true", at) ? "true" : text.startsWith("false", at) ? "false" : "";
}

/** A copy: a slice would keep the whole text that it is of. */
function detached(text: string): string {
  return Buffer.from(text, "latin1").toString("latin1");
}

/** @throws NotAsWritten */
function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "latin1").toString("utf8"));
  } catch {
    throw new NotAsWritten();
  }
}
