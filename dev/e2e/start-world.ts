import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { prepareTools } from "../../lib/terraform/prepare";
import { insideSandbox } from "../sandbox/environment/environment";
import { type Sandbox, startSandbox } from "../sandbox/sandbox";
import { brokerFor, type ProviderBroker, SHARED_TERRAFORM } from "./providers/provider-broker";
import { talk } from "./talk";
import { World } from "./world";

export interface WorldSettings {
  /** Terraform starts its own provider for each command, with the schema of all resource types. */
  readonly ownProviders?: boolean;
  /** `terraform init` installs the provider also for commands that share running ones. */
  readonly installs?: boolean;
  /** The running providers to share, which end with the world. Default: the world has its own. */
  readonly broker?: ProviderBroker | undefined;
}

/**
 * Starts a world with the talk's access.yaml in it. The caller stops it.
 * @param there a local AWS that runs already and goes down with the world; otherwise one of its own
 */
export async function startWorld(
  there?: Omit<Sandbox, "circleCi" | "clock" | "motoEndpoint">,
  { ownProviders = false, installs = false, broker: given }: WorldSettings = {},
): Promise<World> {
  const tools = await prepareTools(["terraform", "provider", "moto", "aws"]);
  const folder = await mkdtemp(path.join(tmpdir(), "world-"));
  const env = { ...process.env, ...tools.environment };
  const sandbox = there ?? (await startSandbox({ motoCommand: tools.moto, env }));
  const broker = ownProviders ? undefined : (given ?? brokerFor(tools));
  const terraform = broker === undefined ? tools.terraform : SHARED_TERRAFORM;
  const world = new World(
    sandbox,
    folder,
    {
      ...insideSandbox(sandbox.environment),
      ...tools.environment,
      CI: "1",
      CDKTF_OUTDIR: path.join(folder, "cdktf.out"),
      OIDC_ACCESS_FILE: path.join(folder, "access.yaml"),
      TERRAFORM_BINARY_NAME: terraform,
      SHARED_PROVIDERS_TERRAFORM: tools.terraform,
      ...(installs ? { SHARED_PROVIDERS_INSTALL: "1" } : {}),
    },
    terraform,
    tools.product,
    broker,
  );
  await world.writeAccess(await talk());
  return world;
}
