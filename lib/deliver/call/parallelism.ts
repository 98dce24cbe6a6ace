import { availableParallelism } from "node:os";
import { wrongCall } from "../../project/unknown-name";

/** Each stack runs Terraform and a provider, which take hundreds of megabytes. */
const MOST = 256;

/**
 * The number of stacks at once.
 * @param text value of `--parallelism`; undefined: the number of cores available to this process
 * @throws ProjectError `wrong-call` (exit 2)
 */
export function parallelism(text: string | undefined): number {
  if (text === undefined) return availableParallelism();
  const number = /^[1-9]\d{0,2}$/.test(text) ? Number(text) : Number.NaN;
  if (number <= MOST) return number;
  throw wrongCall(`invalid --parallelism ${JSON.stringify(text)}`, `use a whole number from 1 to ${MOST}`);
}
