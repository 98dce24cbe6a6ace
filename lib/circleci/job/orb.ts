import type { Document } from "yaml";
import { clash } from "./clash";

/**
 * The official orb at the version that was read and tried. It sends the V2 token, which names
 * branch and repository.
 */
export const ORB = "circleci/aws-cli@5.4.1";

/** The name that the orb has in a configuration of ours. */
export const ORB_ALIAS = "aws-cli";

/** Its name where the project uses another version of it, or another orb, under the usual one. */
const OWN_ORB_ALIAS = "oidc-aws-cli";

/** The step of a job that assumes its role. */
export const SETUP = `${ORB_ALIAS}/setup` as const;

const NAME = "circleci/aws-cli";
const [MAJOR = 0, MINOR = 0, PATCH = 0] = ORB.slice(NAME.length + 1)
  .split(".")
  .map(Number);

/** How a configuration names the orb. */
interface OrbUse {
  readonly alias: string;
  /** Whether the configuration has to get a line for it. */
  readonly isNew: boolean;
}

/**
 * Under which name a project's configuration has an orb that our jobs can use. One that the project
 * has already stays as it is if it is ours or a newer one of the same major version; beside any
 * other, ours gets a name of its own.
 * @throws ProjectError `pipeline-clash` (exit 2) if that name is taken, too
 */
export function orbIn(document: Document, file: string): OrbUse {
  for (const alias of [OWN_ORB_ALIAS, ORB_ALIAS]) {
    const found: unknown = document.getIn(["orbs", alias]);
    if (isUsableOrb(found)) return { alias, isNew: false };
    if (found === undefined && alias === ORB_ALIAS) return { alias, isNew: true };
  }
  const taken: unknown = document.getIn(["orbs", OWN_ORB_ALIAS]);
  if (taken === undefined) return { alias: OWN_ORB_ALIAS, isNew: true };
  const what = `the orbs ${ORB_ALIAS} and ${OWN_ORB_ALIAS} are other than ${ORB}, or older`;
  throw clash(file, what, `change ${OWN_ORB_ALIAS} to ${ORB}`);
}

/**
 * Whether it is the orb in the tried version or a newer one of its major version (CircleCI docs,
 * "Orb versioning": `5`, `5.4` and `5.4.2` are versions).
 */
export function isUsableOrb(orb: unknown): boolean {
  const [, major, minor, patch] = /^circleci\/aws-cli@(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(String(orb)) ?? [];
  if (major === undefined || Number(major) !== MAJOR) return false;
  if (minor === undefined || Number(minor) > MINOR) return true;
  return Number(minor) === MINOR && (patch === undefined || Number(patch) >= PATCH);
}
