import path from "node:path";
import { pickAccount } from "../../lib/project/pick-account";
import { outputFolder, projectRoot } from "../../lib/project/project-root";
import { readAccess } from "../../lib/project/read-access";
import { bootstrap } from "../../lib/start/bootstrap/bootstrap";
import { deployStacks } from "../../lib/start/deploy/deploy";
import { print } from "../../lib/terminal/output";
import { requireCdktf } from "../../lib/terraform/cdktf";
import { prepareTools } from "../../lib/terraform/prepare";
import { deployHost, startHost } from "../host";

export interface BootstrapOptions {
  readonly account?: string;
  readonly yes?: true;
  readonly output?: string;
  readonly verbose?: true;
}

/** Runs `oidc bootstrap`. */
export async function runBootstrap({
  account: key,
  yes,
  output = outputFolder(),
  verbose,
}: BootstrapOptions): Promise<void> {
  const access = readAccess();
  const account = pickAccount(access, key);
  requireCdktf();
  let environment: Readonly<Record<string, string>> = {};
  const isDone = await bootstrap(account, {
    ...startHost(yes),
    prepare: async () => {
      ({ environment } = await prepareTools(["terraform", "provider"], { access }));
    },
    deploy: (stack) =>
      deployStacks(
        {
          access,
          environment,
          command: "deploy",
          isQuiet: verbose !== true,
          args: [stack, "--auto-approve", "--output", path.relative(projectRoot(), output)],
        },
        deployHost(output),
      ),
  });
  if (isDone) return;
  print("Nothing was changed.");
  process.exitCode = 1;
}
