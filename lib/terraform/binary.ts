import { z } from "zod";
import { run } from "../process/run";
import { findPrograms } from "../programs/find-program";
import { installCommand, type Missing } from "../programs/missing";
import type { Probe } from "../programs/probe-cache";
import { isAtLeast } from "../programs/tool-version";
import { LEAST_TERRAFORM_VERSION, type TerraformRelease, terraformPlatform } from "./versions";

export interface FoundTerraform {
  /** Absolute path of the first Terraform that is new enough. */
  readonly program?: string;
  /** What cannot be got without a person. */
  readonly missing: readonly Missing[];
}

/**
 * Looks for Terraform where the user has it: TERRAFORM_BINARY_NAME, else the PATH. Neither fits:
 * the pinned release will be fetched, if there is one for this platform.
 */
export async function findTerraform(
  env: NodeJS.ProcessEnv,
  probe: Probe,
  release: TerraformRelease,
): Promise<FoundTerraform> {
  const chosen = env.TERRAFORM_BINARY_NAME || undefined;
  const ignored = env.OIDC_IGNORE_PATH_TOOLS === "1";
  for (const program of ignored ? [] : findPrograms(chosen ?? "terraform", env)) {
    const version = await probe(program, () => askVersion(program));
    if (version !== undefined && isAtLeast(version, LEAST_TERRAFORM_VERSION)) return { program, missing: [] };
  }
  const needed = `Terraform ${LEAST_TERRAFORM_VERSION} or later`;
  if (chosen !== undefined && !ignored) {
    const what = `${needed}: TERRAFORM_BINARY_NAME names ${JSON.stringify(chosen)}, which is none`;
    return { missing: [{ what, install: "unset TERRAFORM_BINARY_NAME" }] };
  }
  if (release.sha256[terraformPlatform()] !== undefined) return { missing: [] };
  const what = `${needed}: no release is known for ${terraformPlatform()}`;
  return { missing: [{ what, install: installCommand("terraform", "hashicorp/tap/terraform") }] };
}

const versionAnswer = z.object({ terraform_version: z.string() });

/** What `terraform version` says of itself; undefined if it does not run or is not Terraform. */
async function askVersion(program: string): Promise<string | undefined> {
  try {
    // The user's settings must not get in the way of a mere question.
    const env = { ...process.env, TF_CLI_CONFIG_FILE: "/dev/null", CHECKPOINT_DISABLE: "1" };
    const { stdout } = await run(program, ["version", "-json"], { env });
    return versionAnswer.parse(JSON.parse(stdout)).terraform_version;
  } catch {
    return undefined;
  }
}
