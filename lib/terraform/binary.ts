import { z } from "zod";
import { run } from "../process/run";
import { findPrograms } from "../programs/find-program";
import { installCommand, type Missing } from "../programs/missing";
import type { Probe } from "../programs/probe-cache";
import { isAtLeast } from "../programs/tool-version";
import { LEAST_TERRAFORM_VERSION, type TerraformRelease, terraformPlatform } from "./versions";

export interface FoundTerraform {
  /** Absolute path of the first Terraform of a supported version. */
  readonly program?: string;
  /** What the user must install. */
  readonly missing: readonly Missing[];
}

/**
 * Finds the user's Terraform: TERRAFORM_BINARY_NAME, else the PATH. Without a supported version the
 * pinned release is downloaded, if there is one for this platform.
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
    const what = `${needed}: TERRAFORM_BINARY_NAME names ${JSON.stringify(chosen)}, which is not one`;
    return { missing: [{ what, install: "unset TERRAFORM_BINARY_NAME" }] };
  }
  if (release.sha256[terraformPlatform()] !== undefined) return { missing: [] };
  const what = `${needed}: no pinned release for ${terraformPlatform()}`;
  return { missing: [{ what, install: installCommand("terraform", "hashicorp/tap/terraform") }] };
}

const versionAnswer = z.object({ terraform_version: z.string() });

/** The version that `terraform version` prints; undefined: it fails or is not Terraform. */
async function askVersion(program: string): Promise<string | undefined> {
  try {
    // The user's CLI configuration must not affect this call.
    const env = { ...process.env, TF_CLI_CONFIG_FILE: "/dev/null", CHECKPOINT_DISABLE: "1" };
    const { stdout } = await run(program, ["version", "-json"], { env });
    return versionAnswer.parse(JSON.parse(stdout)).terraform_version;
  } catch {
    return undefined;
  }
}
