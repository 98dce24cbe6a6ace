import type { Ended } from "../tools/sandbox-support";

/** Returns the result of a command that succeeded. @throws Error with its output otherwise */
export function succeeded(ended: Ended): Ended {
  if (ended.exitCode === 0) return ended;
  throw new Error(`ended with ${ended.exitCode ?? ended.signal}:\n${ended.stdout}${ended.stderr}`);
}

/**
 * The output of a command as one line: without colours, and with spaces for line breaks and
 * Terraform's frames, so that tests can search it for sentences.
 */
export function said({ stdout, stderr }: Ended): string {
  const colour = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");
  return `${stdout}\n${stderr}`.replaceAll(colour, "").replace(/[\s│╷╵]+/g, " ");
}
