const INITIAL = 1 << 8;

/**
 * A list of integers that can be written at any index; -1 where nothing has been written. A plain
 * array with gaps is slow.
 */
export class GrowingIntegers {
  #values = new Int32Array(INITIAL).fill(-1);

  get(at: number): number {
    return at < this.#values.length ? (this.#values[at] ?? -1) : -1;
  }

  set(at: number, value: number): void {
    if (at >= this.#values.length) {
      const larger = new Int32Array(Math.max(at + 1, this.#values.length * 2)).fill(-1);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[at] = value;
  }
}
