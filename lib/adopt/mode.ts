import { wrongCall } from "../project/unknown-name";

/** What one call of `adopt` does. */
type AdoptMode = "adopt" | "check" | "done" | "release" | "print-policy";

interface ModeOptions {
  /** False: `--no-check`. */
  readonly check?: boolean;
  readonly done?: true;
  readonly release?: readonly string[];
  readonly printPolicy?: true;
  readonly dryRun?: true;
}

/** @throws ProjectError `wrong-call` (exit 2) for flags that exclude each other */
export function adoptMode({ check, done, release, printPolicy, dryRun }: ModeOptions): AdoptMode {
  const given = [
    ...(check === true ? (["check"] as const) : []),
    ...(done === true ? (["done"] as const) : []),
    ...(release === undefined ? [] : (["release"] as const)),
    ...(printPolicy === true ? (["print-policy"] as const) : []),
  ];
  const [mode = "adopt", ...others] = given;
  if (others.length > 0)
    throw wrongCall(
      `${given.map((one) => `--${one}`).join(" and ")} exclude each other`,
      "run adopt once for each",
    );
  if (mode === "check" && dryRun === true)
    throw wrongCall("--check never writes, so it does not accept --dry-run", "remove --dry-run");
  return mode;
}
