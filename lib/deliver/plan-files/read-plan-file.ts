import { statSync } from "node:fs";
import { type ErrorCode, ProjectError } from "../../errors";
import { firstBytes } from "../../project/first-bytes";
import { nameOf, readInput } from "../../project/read-input";

/** More than any plan: a resource takes about 3 KB. */
const MOST_PLAN_BYTES = 512 * 1_024 * 1_024;

/**
 * The JSON of an existing plan. The content decides whether a file is JSON or a plan file, not its
 * name.
 * @param file `-`: JSON from standard input
 * @param show converts a plan file to JSON with Terraform
 * @throws ProjectError `plan-is-folder`, `plan-empty`, `plan-compressed`, `plan-binary-on-stdin`,
 * those of `readInput` (exit 2) and of `show`
 */
export async function readPlanFile(file: string, show: (file: string) => Promise<string>): Promise<string> {
  if (file === "-") return ofStandardInput();
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) {
    const fix = "pass a plan in it; to merge the plans of `oidc review --shard`, use --merge";
    throw refusal("plan-is-folder", `${file} is a folder`, file, fix);
  }
  const kind = stats === undefined || !stats.isFile() ? "json" : kindOf(firstBytes(file));
  if (kind === "zip") return show(file);
  if (stats?.isFile() === true) requireText(kind, file, stats.size);
  return readInput(file, MOST_PLAN_BYTES);
}

function ofStandardInput(): string {
  try {
    const text = readInput("-", MOST_PLAN_BYTES);
    const kind = kindOf(Buffer.from(text.slice(0, 4)));
    if (kind === "zip") throw onStandardInput();
    requireText(kind, "-", text.length);
    return text;
  } catch (error) {
    // Plan files and compressed files are hardly ever valid UTF-8.
    if (error instanceof ProjectError && error.code === "input-not-utf8") throw onStandardInput(error);
    throw error;
  }
}

function onStandardInput(cause?: ProjectError): ProjectError {
  const fix = "pipe `terraform show -json PLAN` into it, or pass the path of the plan file";
  return refusal("plan-binary-on-stdin", "standard input is binary, not JSON", "-", fix, cause);
}

function requireText(kind: "json" | "gzip" | "zip", file: string, size: number): void {
  if (size === 0)
    throw refusal("plan-empty", `${nameOf(file)} is empty`, file, "check whether `terraform show` failed");
  if (kind === "gzip")
    throw refusal(
      "plan-compressed",
      `${nameOf(file)} is compressed (gzip)`,
      file,
      "decompress it first with gunzip",
    );
}

/** A plan file is a zip archive (Terraform, `internal/plans/planfile`; OpenTofu's is the same). */
function kindOf(bytes: Uint8Array): "json" | "gzip" | "zip" {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4) return "zip";
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? "gzip" : "json";
}

function refusal(
  code: ErrorCode,
  message: string,
  found: string,
  fix: string,
  cause?: unknown,
): ProjectError {
  return new ProjectError({
    code,
    message,
    found,
    fix,
    exitCode: 2,
    ...(cause === undefined ? {} : { cause }),
  });
}
