/** The bucket policies of one sandbox, exactly as they were put. */
export class BucketPolicies {
  readonly #texts = new Map<string, Buffer>();
  readonly #turns = new Map<string, Promise<unknown>>();

  get(bucket: string): Buffer | undefined {
    return this.#texts.get(bucket);
  }

  set(bucket: string, text: Buffer): void {
    this.#texts.set(bucket, text);
  }

  forget(bucket: string): void {
    this.#texts.delete(bucket);
  }

  /**
   * Runs what creates or deletes a bucket, or changes its policy, one at a time for each bucket:
   * otherwise a policy put while the bucket is being deleted could outlive it and reappear on the
   * next bucket of that name.
   */
  async inTurn<T>(bucket: string, task: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(bucket) ?? Promise.resolve();
    const mine = before.then(task, task);
    this.#turns.set(bucket, mine);
    try {
      return await mine;
    } finally {
      if (this.#turns.get(bucket) === mine) this.#turns.delete(bucket);
    }
  }
}
