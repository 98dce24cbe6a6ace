import { availableParallelism } from "node:os";
import { wrongCall } from "../../project/unknown-name";

/** Each is a Terraform and a provider, of hundreds of megabytes. */
const MOST = 256;

/**
 * How many stacks at once.
 * @param text of `--parallelism`; undefined: as many as there are cores for this process
 * @throws ProjectError `wrong-call` (exit 2)
 */
export function parallelism(text: string | undefined): number {
  if (text === undefined) return availableParallelism();
  const number = /^[1-9]\d{0,2}$/.test(text) ? Number(text) : Number.NaN;
  if (number <= MOST) return number;
  throw wrongCall(`--parallelism is ${JSON.stringify(text)}`, `a whole number from 1 to ${MOST}`);
}
