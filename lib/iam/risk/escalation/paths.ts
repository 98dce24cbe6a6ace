import type { EscalationPath } from "./escalation-path";
import { EXISTING_ROLE_PATHS } from "./existing-role-paths";
import { IDENTITY_PATHS } from "./identity-paths";
import { PASSED_ROLE_PATHS } from "./passed-role-paths";

/** All of them: the calls of each in a table in docs/review/risk.md. */
export const ESCALATION_PATHS: readonly EscalationPath[] = [
  ...IDENTITY_PATHS,
  ...PASSED_ROLE_PATHS,
  ...EXISTING_ROLE_PATHS,
];
