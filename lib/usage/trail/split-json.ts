/** JSON that holds no list of events. */
export class NotEvents extends Error {}

/** One item of a list, or one object of several in a text: JSON, as bytes in Latin-1. */
type OnItem = (text: string) => void;

/** Longer than any event, and small beside the memory of a machine. */
const MAX_ITEM = 64 * 1024 * 1024;

/** What CloudTrail's files and the AWS CLI's `lookup-events` call their lists. */
const LISTS = new Set(["Records", "Events"]);

/**
 * Splits JSON in any layout into events, byte by byte: the items of `Records` or `Events`, those of
 * a list, or objects one after the other (JSON Lines). Takes as much memory as the longest item.
 * What stands around the items is only read as far as brackets and texts go.
 */
export class JsonSplitter {
  #depth = 0;
  #inText = false;
  #escaped = false;
  /**
   * Where items begin and end: 1 in a list, 2 in the list of an object; 0 for objects by
   * themselves.
   */
  #itemDepth = 0;
  /** The item that is being read; undefined: none. */
  #item: string | undefined;
  #key = "";
  #text: string | undefined;
  #isWhole = false;

  constructor(private readonly onItem: OnItem) {}

  /** @throws NotEvents */
  push(bytes: Buffer): void {
    const text = bytes.toString("latin1");
    let from = 0;
    for (let at = 0; at < text.length; at += 1) {
      const symbol = text[at] ?? "";
      if (this.#inText) {
        if (this.#escaped) this.#escaped = false;
        else if (symbol === "\\") this.#escaped = true;
        else if (symbol === '"') {
          this.#inText = false;
          if (this.#text !== undefined) this.#key = this.#text;
          this.#text = undefined;
        }
        if (this.#text !== undefined && this.#text.length < 32) this.#text += symbol;
        continue;
      }
      if (symbol === '"') {
        this.#inText = true;
        this.#text = this.#depth === 1 ? "" : undefined;
      } else if (symbol === "{" || symbol === "[") {
        if (this.#item === undefined && symbol === "{" && this.#depth === this.#itemDepth) {
          this.#item = "";
          from = at;
        } else if (symbol === "[" && this.#depth === 0) this.#itemDepth = 1;
        else if (symbol === "[" && this.#depth === 1 && this.#itemDepth === 0 && LISTS.has(this.#key)) {
          // The object was not an item, but what holds them.
          this.#itemDepth = 2;
          this.#item = undefined;
        } else if (this.#depth === 0) throw new NotEvents();
        this.#depth += 1;
        this.#isWhole = false;
      } else if (symbol === "}" || symbol === "]") {
        this.#depth -= 1;
        if (this.#depth < 0) throw new NotEvents();
        if (this.#item !== undefined && symbol === "}" && this.#depth === this.#itemDepth) {
          this.onItem(this.#item + text.slice(from, at + 1));
          this.#item = undefined;
        }
        if (this.#depth === 0) {
          this.#isWhole = true;
          this.#itemDepth = 0;
        }
      } else if (this.#depth === 0 && !/\s/.test(symbol)) throw new NotEvents();
    }
    if (this.#item !== undefined) this.#item += text.slice(from);
    if ((this.#item?.length ?? 0) > MAX_ITEM) throw new NotEvents();
  }

  /** Whether the text ended where JSON may end. */
  get isWhole(): boolean {
    return this.#isWhole && !this.#inText;
  }
}
