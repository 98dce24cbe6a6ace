import { prepareTools } from "../../../lib/terraform/prepare";
import { brokerFor, SHARED_TERRAFORM } from "./provider-broker";

/** Terraform for tests without a world. The caller stops it. */
export interface SharedTerraform {
  /** Path of the program. */
  readonly program: string;
  /** Variables to add to the environment of commands that run Terraform, such as a job's. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ends the providers. */
  readonly stop: () => Promise<void>;
}

/**
 * Terraform whose commands share running providers and read the schema of the types that the stacks
 * have. `init` installs the provider only with `SHARED_PROVIDERS_INSTALL=1`.
 */
export async function sharedTerraform(): Promise<SharedTerraform> {
  const tools = await prepareTools(["terraform", "provider"]);
  const broker = brokerFor(tools);
  return {
    program: broker === undefined ? tools.terraform : SHARED_TERRAFORM,
    environment: { ...tools.environment, ...broker?.environment },
    stop: async () => broker?.stop(),
  };
}
