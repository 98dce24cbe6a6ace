import { ADOPT } from "./adopt";
import { CIRCLECI } from "./circleci";
import { DEVELOPMENT } from "./development";
import type { ErrorGroup } from "./error-group";
import { FILES } from "./files";
import { HOSTS } from "./hosts";
import { PLANS } from "./plans";
import { POLICIES } from "./policies";
import { RULES } from "./rules";
import { SETUP } from "./setup";
import { TERRAFORM } from "./terraform";
import { USAGE } from "./usage";
import { VALUES } from "./values";
import { WATCH } from "./watch";
import { YAML_TEXT } from "./yaml-text";

const GROUPS = [
  YAML_TEXT,
  VALUES,
  RULES,
  FILES,
  SETUP,
  TERRAFORM,
  CIRCLECI,
  POLICIES,
  ADOPT,
  PLANS,
  HOSTS,
  USAGE,
  WATCH,
  DEVELOPMENT,
] as const satisfies readonly ErrorGroup[];

/** Every error code of this project, in the order of docs/errors.md. */
export const ERROR_GROUPS: readonly ErrorGroup[] = GROUPS;

type CodesOf<Group> = Group extends ErrorGroup ? Extract<keyof Group["codes"], string> : never;

/**
 * A code that an error or a problem of access.yaml can have. Codes are an interface: scripts and
 * tests rely on them, so they never change.
 */
export type ErrorCode = CodesOf<(typeof GROUPS)[number]>;
