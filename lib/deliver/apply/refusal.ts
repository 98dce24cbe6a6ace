import { ProjectError } from "../../errors";

/** One reason why reviewed plans are not applied. */
export interface Refusal {
  /** Stable, in kebab-case. */
  readonly code:
    | "reviewed-commit"
    | "reviewed-dirty"
    | "reviewed-stacks"
    | "reviewed-terraform"
    | "reviewed-code"
    | "reviewed-failed"
    | "reviewed-plan-missing"
    | "reviewed-plan-changed"
    | "reviewed-providers";
  readonly message: string;
}

/** Nothing was applied. The message lists all reasons. Exit code 1. */
export class ApplyRefused extends ProjectError {
  readonly refusals: readonly Refusal[];

  constructor(folder: string, refusals: readonly Refusal[]) {
    super({
      code: "apply-refused",
      message: `the plans in ${folder} were not applied:\n${refusals.map(({ code, message }) => `  ${code}: ${message}`).join("\n")}`,
      found: refusals.map(({ code }) => code).join(" "),
      fix: "run `oidc review` on the code to be applied, and have the new plans reviewed",
    });
    this.name = "ApplyRefused";
    this.refusals = refusals;
  }
}
