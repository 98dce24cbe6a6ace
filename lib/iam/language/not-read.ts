import { suggest } from "../../collections/suggest";
import { ProjectError } from "../../errors";
import type { JsonPath } from "./policy";

const POLICY_NOT_READ = "policy-not-read";

/** @param what is wrong there, after the path: `there is no operator of this name` */
export function notRead(path: JsonPath, what: string, found: string, fix: string): ProjectError {
  return new ProjectError({
    code: POLICY_NOT_READ,
    message: `${path === "" ? "the policy" : path}: ${what}, found ${found}`,
    found,
    fix,
    exitCode: 2,
  });
}

/** The fix for an unknown word. */
export function insteadOf(word: string, allowed: readonly string[]): string {
  const near = suggest(word, allowed);
  return near === undefined ? `allowed: ${allowed.join(", ")}` : `did you mean ${near}?`;
}
