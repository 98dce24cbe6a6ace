/** Hexadecimal digits of an event ID that tell events apart: 48 random bits of a UUID. */
const DIGITS = 12;
/** Events that are remembered at least; at most twice as many are, in 16 MB. */
const REMEMBERED = 1 << 19;

/** A number for an event's ID, which CloudTrail gives each event. Undefined: it is not a UUID. */
export function eventNumber(id: string): number | undefined {
  const digits = id.replaceAll("-", "").slice(0, DIGITS);
  return /^[0-9a-f]{12}$/i.test(digits) ? Number.parseInt(digits, 16) : undefined;
}

/**
 * Which of the last events were seen already: CloudTrail delivers an event to each trail, and may
 * deliver it twice. Memory is bounded, so that an event is forgotten after half a million others.
 */
export class RecentEvents {
  #now: NumberSet;
  #before: NumberSet | undefined;

  constructor(private readonly most = REMEMBERED) {
    this.#now = new NumberSet(most);
  }

  /** @returns whether it is new @param event see `eventNumber` */
  add(event: number): boolean {
    if (this.#before?.has(event) === true || this.#now.has(event)) return false;
    if (this.#now.size === this.most) {
      this.#before = this.#now;
      this.#now = new NumberSet(this.most);
    }
    this.#now.add(event);
    return true;
  }
}

/** A set of whole numbers from 0, eight bytes for each place: a `Set` takes six times as many. */
class NumberSet {
  #places = new Float64Array(1_024);
  size = 0;

  constructor(private readonly most: number) {}

  has(value: number): boolean {
    return this.#places[this.#find(value)] !== 0;
  }

  /** @param value that it does not have */
  add(value: number): void {
    if (2 * (this.size + 1) > this.#places.length && this.size < this.most) this.#grow();
    this.#places[this.#find(value)] = value + 1;
    this.size += 1;
  }

  /** The place of the value, or the free place for it. */
  #find(value: number): number {
    const length = this.#places.length;
    let at = value % length;
    while (this.#places[at] !== 0 && this.#places[at] !== value + 1) at = (at + 1) % length;
    return at;
  }

  #grow(): void {
    const old = this.#places;
    this.#places = new Float64Array(2 * old.length);
    for (const stored of old) if (stored !== 0) this.#places[this.#find(stored - 1)] = stored;
  }
}
