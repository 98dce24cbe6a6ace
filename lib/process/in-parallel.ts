/**
 * Runs a task for each item with limited concurrency.
 * @param atOnce concurrent tasks, 1 or more
 * @returns the results in the order of the items; rejects with the first error and starts no task
 * after it
 */
export async function inParallel<T, R>(
  items: readonly T[],
  atOnce: number,
  task: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const left = items.entries();
  let isFailed = false;
  const work = async (): Promise<void> => {
    for (const [index, item] of left) {
      if (isFailed) return;
      try {
        results[index] = await task(item);
      } catch (error) {
        isFailed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  return results;
}
