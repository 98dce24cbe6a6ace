/** The bucket policies of one sandbox, byte for byte as they were put. */
export class BucketPolicies {
  readonly #texts = new Map<string, Buffer>();
  readonly #turns = new Map<string, Promise<unknown>>();

  get(bucket: string): Buffer | undefined {
    return this.#texts.get(bucket);
  }

  set(bucket: string, text: Buffer): void {
    this.#texts.set(bucket, text);
  }

  delete(bucket: string): void {
    this.#texts.delete(bucket);
  }

  /**
   * Serializes the calls that create a bucket, delete it, or change its policy. Otherwise a policy
   * that is put while the bucket is being deleted could apply to the next bucket of that name.
   */
  async serialize<T>(bucket: string, task: () => Promise<T>): Promise<T> {
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
