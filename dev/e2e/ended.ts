import type { Ended } from "../tools/sandbox-support";

/** What a command printed, provided that it went well. */
export function succeeded(ended: Ended): Ended {
  if (ended.exitCode === 0) return ended;
  throw new Error(`ended with ${ended.exitCode ?? ended.signal}:\n${ended.stdout}${ended.stderr}`);
}

/**
 * Everything a command said, without colours and with its line breaks and Terraform's frames made
 * blanks: to look for sentences in it.
 */
export function said({ stdout, stderr }: Ended): string {
  const colour = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");
  return `${stdout}\n${stderr}`.replaceAll(colour, "").replace(/[\s│╷╵]+/g, " ");
}
