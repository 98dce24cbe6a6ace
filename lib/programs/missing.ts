import { ProjectError } from "../errors";

/** A program that a person has to install, because this project does not. */
export interface Missing {
  /** The program, and what it is needed for. */
  readonly what: string;
  /** The command that installs it. */
  readonly install: string;
}

/**
 * Reports everything that is missing in one error.
 * @throws ProjectError `tools-missing`
 */
export function refuseIfMissing(missing: readonly Missing[]): void {
  if (missing.length === 0) return;
  throw new ProjectError({
    code: "tools-missing",
    message: ["this machine lacks:", ...missing.map(({ what }) => `  - ${what}`)].join("\n"),
    found: missing.map(({ what }) => what).join("; "),
    fix: [
      "install, then run the same command again:",
      ...new Set(missing.map((one) => `      ${one.install}`)),
    ].join("\n"),
  });
}

/**
 * The command that installs a package here: Debian's and Ubuntu's name for it, or Homebrew's on
 * macOS.
 */
export function installCommand(debian: string, homebrew: string): string {
  return process.platform === "darwin" ? `brew install ${homebrew}` : `sudo apt-get install -y ${debian}`;
}
