import { isIntact, readChain } from "./ancestors";

/** Reading `/proc` is cheap; elsewhere every check starts `ps`. */
const POLL_MS = process.platform === "linux" ? 300 : 1_500;

/**
 * Calls back once, when the process that started this one has ended, or another ancestor in the
 * same job, such as an npm whose shell continues as an orphan.
 * @returns stops watching
 */
export function watchParent(onOrphaned: () => void): () => void {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const firstParent = process.ppid;
  const chain = readChain();
  const check = async () => {
    const intact = process.ppid === firstParent && (await isIntact(await chain));
    if (stopped) return;
    if (intact) timer = setTimeout(check, POLL_MS).unref();
    else onOrphaned();
  };
  timer = setTimeout(check, POLL_MS).unref();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
