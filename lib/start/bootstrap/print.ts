import type { Account } from "../../config/model/model";

interface BootstrapSteps {
  /** ARN of the caller. */
  readonly caller: string;
  /** Name of the stack that manages the bucket. */
  readonly stack: string;
  readonly isBucketThere: boolean;
}

/** What `bootstrap` is about to do, before it asks for confirmation. */
export function printSteps(account: Account, { caller, stack, isBucketThere }: BootstrapSteps): string {
  const { key, id, region, stateBucket } = account;
  return [
    `Account "${key}" (${id}, ${region})`,
    `as ${caller}:`,
    isBucketThere
      ? `  1. bucket ${stateBucket} exists: make it private, versioned, encrypted, TLS only`
      : `  1. create bucket ${stateBucket}: private, versioned, encrypted, TLS only`,
    `  2. deploy stack ${stack}, which manages the bucket and stores its state there`,
  ].join("\n");
}
