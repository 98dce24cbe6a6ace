import { isWhole, readChain } from "./ancestors";

/** `/proc` costs nothing; elsewhere each look starts `ps`. */
const POLL_MS = process.platform === "linux" ? 300 : 1_500;

/**
 * Calls back once, when a process that this one hangs on has ended: the one that started it, or one
 * above in the same job, such as the npm whose shell lives on as an orphan.
 * @returns stops the watch
 */
export function watchParent(onOrphaned: () => void): () => void {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const firstParent = process.ppid;
  const chain = readChain();
  const look = async () => {
    const whole = process.ppid === firstParent && (await isWhole(await chain));
    if (stopped) return;
    if (whole) timer = setTimeout(look, POLL_MS).unref();
    else onOrphaned();
  };
  timer = setTimeout(look, POLL_MS).unref();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
