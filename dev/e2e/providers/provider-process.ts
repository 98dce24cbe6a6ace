import { readdirSync } from "node:fs";
import { type ClientHttp2Session, connect } from "node:http2";
import { connect as connectSocket } from "node:net";
import path from "node:path";
import { z } from "zod";
import { userCliConfig } from "../../../lib/terraform/cli-config";
import { awsProviderAddress, type Product } from "../../../lib/terraform/product";
import { chooseProvider, constraintOf } from "../../../lib/terraform/provider-choice";
import { terraformPlatform } from "../../../lib/terraform/versions";
import { spawnGuarded } from "../../../setup/guarded.cjs";
import { killTree } from "../running";

/** The address by which the provider announces itself. */
const ADDRESS = awsProviderAddress("Terraform");

/** A running AWS provider to which Terraform can connect (HashiCorp, "Debugging providers"). */
export interface ProviderProcess {
  readonly connection: ClientHttp2Session;
  readonly stop: () => Promise<void>;
  /** Sends SIGKILL. `stop` comes after it. */
  readonly kill: () => void;
}

const reattach = z.record(z.string(), z.object({ Addr: z.object({ String: z.string() }) }));

/** @param env of the provider: endpoint and credentials are read from it */
export function startProvider(program: string, env: NodeJS.ProcessEnv): Promise<ProviderProcess> {
  // It runs for minutes: its garbage is collected.
  const child = spawnGuarded(program, ["-debug"], { env: { ...env, GOGC: "400" } });
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  return new Promise((resolve, reject) => {
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        const [, value] = /^\s*TF_REATTACH_PROVIDERS='(.*)'$/m.exec(said) ?? [];
        const socket =
          value === undefined ? undefined : reattach.parse(JSON.parse(value))[ADDRESS]?.Addr.String;
        if (socket === undefined) return;
        said = "";
        const connection = connect("http://localhost", { createConnection: () => connectSocket(socket) });
        connection.on("error", () => undefined);
        const stop = async () => {
          connection.destroy();
          child.stdin.end();
          await ended;
        };
        resolve({ connection, stop, kill: () => killTree(child) });
      });
    void ended.then(() => reject(new Error(`the provider ended:\n${said}`)));
  });
}

/**
 * The provider in the mirror of this project's Terraform configuration. Undefined: the user's own
 * configuration decides where the provider is.
 * @param env of Terraform, as `prepareTools` gives it
 */
export function providerProgram(env: NodeJS.ProcessEnv, product: Product): string | undefined {
  const config = userCliConfig(env);
  if (config?.isOurs !== true) return undefined;
  const [, mirror = ""] = /^ *filesystem_mirror \{\s*path *= "(.*)"$/m.exec(config.text) ?? [];
  const { version } = chooseProvider(constraintOf(process.env));
  if (version === undefined) return undefined;
  const folder = path.join(mirror, awsProviderAddress(product), version, terraformPlatform());
  const name = readdirSync(folder).find((one) => one.startsWith("terraform-provider-aws"));
  return name === undefined ? undefined : path.join(folder, name);
}
