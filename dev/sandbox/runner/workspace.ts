import { cp, mkdir } from "node:fs/promises";
import path from "node:path";
import { types } from "node:util";
import type { RunResult } from "../../../lib/process/run";
import type { Step } from "./read-step";

/** Folders outside of the job that its steps read and write. */
interface JobFolders {
  readonly checkout: string;
  /** Files that jobs of one workflow hand on. */
  readonly workspace: string;
  readonly artifacts: string;
}

type CopyStep = Extract<
  Step,
  { kind: "attach_workspace" | "persist_to_workspace" | "store_artifacts" | "store_test_results" }
>;

/** Runs a step that copies files. It fails if a file to persist does not exist, as in CircleCI. */
export async function copyFiles(
  step: CopyStep,
  { checkout, workspace, artifacts }: JobFolders,
): Promise<RunResult> {
  try {
    switch (step.kind) {
      case "attach_workspace":
        await mkdir(workspace, { recursive: true });
        await cp(workspace, path.join(checkout, step.at), { recursive: true });
        break;
      case "persist_to_workspace":
        for (const one of step.paths)
          await cp(path.join(checkout, step.root, one), path.join(workspace, one), { recursive: true });
        break;
      case "store_artifacts":
        await cp(path.join(checkout, step.path), path.join(artifacts, step.destination ?? step.path), {
          recursive: true,
        });
        break;
      case "store_test_results":
        await cp(path.join(checkout, step.path), path.join(artifacts, "test-results"), { recursive: true });
        break;
    }
  } catch (error) {
    const isMissing = types.isNativeError(error) && "code" in error && error.code === "ENOENT";
    if (!isMissing) throw error;
    // CircleCI says "No artifact files found" or "unable to save test results", and goes on.
    const goesOn = step.kind === "store_artifacts" || step.kind === "store_test_results";
    if (!goesOn) return ended(1, error.message);
  }
  return ended(0);
}

function ended(exitCode: number, stderr = ""): RunResult {
  return { exitCode, signal: null, stdout: "", stderr };
}
