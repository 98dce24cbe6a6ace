import { z } from "zod";
import { run } from "../process/run";
import { findPrograms } from "../programs/find-program";
import { installCommand, type Missing } from "../programs/missing";
import type { Probe } from "../programs/probe-cache";
import { isAtLeast } from "../programs/tool-version";
import { PRODUCTS, type Product } from "./product";
import { type TerraformRelease, terraformPlatform } from "./versions";

export interface FoundTerraform {
  /** Absolute path of the first Terraform or OpenTofu of a supported version. */
  readonly program?: string;
  /** Which of them it is; Terraform if it has to be downloaded. */
  readonly product: Product;
  /** What the user must install. */
  readonly missing: readonly Missing[];
}

/** The oldest versions that are supported, in words. */
const NEEDED = `Terraform ${PRODUCTS.Terraform.leastVersion} or later, or OpenTofu ${PRODUCTS.OpenTofu.leastVersion} or later`;

/**
 * Finds the user's Terraform or OpenTofu: TERRAFORM_BINARY_NAME, else `terraform` on the PATH.
 * Without a supported version the pinned release of Terraform is downloaded, if there is one for
 * this platform.
 */
export async function findTerraform(
  env: NodeJS.ProcessEnv,
  probe: Probe,
  release: TerraformRelease,
): Promise<FoundTerraform> {
  const ignored = env.OIDC_IGNORE_PATH_TOOLS === "1";
  const chosen = ignored ? undefined : env.TERRAFORM_BINARY_NAME || undefined;
  const answers: string[] = [];
  for (const program of ignored ? [] : findPrograms(chosen ?? "terraform", env)) {
    const answer = await probe(program, () => askVersion(program));
    if (answer === undefined) continue;
    const product = productOf(answer);
    if (isAtLeast(answer, PRODUCTS[product].leastVersion)) return { program, product, missing: [] };
    answers.push(answer);
  }
  const product = "Terraform";
  if (chosen !== undefined) {
    const found = answers.length === 0 ? "which is neither" : `which is ${answers.join(", ")}`;
    const what = `${NEEDED}: TERRAFORM_BINARY_NAME names ${JSON.stringify(chosen)}, ${found}`;
    return { product, missing: [{ what, install: "install one of them, or unset TERRAFORM_BINARY_NAME" }] };
  }
  if (release.sha256[terraformPlatform()] !== undefined) return { product, missing: [] };
  const what = `${NEEDED}: no pinned release for ${terraformPlatform()}`;
  return { product, missing: [{ what, install: installCommand("terraform", "hashicorp/tap/terraform") }] };
}

const OPENTOFU = "OpenTofu ";

function productOf(answer: string): Product {
  return answer.startsWith(OPENTOFU) ? "OpenTofu" : "Terraform";
}

const versionAnswer = z.object({ terraform_version: z.string(), terraform_outdated: z.boolean().optional() });

/**
 * The version that `terraform version` prints, such as `1.11.4` or `OpenTofu 1.10.6`. As JSON, both
 * name it `terraform_version`; OpenTofu does not say whether it is outdated, and its text begins
 * with its name (OpenTofu 1.12, `internal/command/views/version.go`). Undefined: it fails or is
 * neither.
 */
async function askVersion(program: string): Promise<string | undefined> {
  // The user's CLI configuration must not affect this call.
  const env = { ...process.env, TF_CLI_CONFIG_FILE: "/dev/null", CHECKPOINT_DISABLE: "1" };
  try {
    const { stdout } = await run(program, ["version", "-json"], { env });
    const { terraform_version: version, terraform_outdated: outdated } = versionAnswer.parse(
      JSON.parse(stdout),
    );
    if (outdated !== undefined) return version;
    const { stdout: text } = await run(program, ["version"], { env });
    return text.startsWith(`${OPENTOFU}v`) ? `${OPENTOFU}${version}` : version;
  } catch {
    return undefined;
  }
}
