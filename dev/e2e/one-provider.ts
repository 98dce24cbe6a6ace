import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { spawnGuarded } from "../../setup/guarded.cjs";

/** The AWS provider as a server that Terraform connects to. */
export interface OneProvider {
  readonly environment: { readonly TF_REATTACH_PROVIDERS: string };
  readonly stop: () => Promise<void>;
}

/**
 * Starts the provider of an initialized stack once for many Terraform commands (HashiCorp, "Debugging
 * providers"): starting it takes up to half of a command's time. It has one configuration, the last
 * one that it was given: only one command may use it at a time, and only for a stack whose
 * resources use one provider block (`requireOneConfiguration`).
 * @param env of the provider: endpoint and credentials are read from it
 */
export function startProvider(stackFolder: string, env: NodeJS.ProcessEnv): Promise<OneProvider> {
  const providers = path.join(stackFolder, ".terraform", "providers");
  const found = readdirSync(providers, { recursive: true, encoding: "utf8" });
  // The version's folder is a link into the mirror.
  const [platform = ""] = found.filter((name) => /\/aws\/[\d.]+\/\w+$/.test(name));
  const folder = path.join(providers, platform);
  const program = readdirSync(folder).find((name) => name.startsWith("terraform-provider-aws"));
  if (platform === "" || program === undefined) throw new Error(`no AWS provider in ${providers}`);
  const child = spawnGuarded(path.join(folder, program), ["-debug"], { env });
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  const stop = () => {
    child.stdin.end();
    return ended;
  };
  return new Promise((resolve, reject) => {
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        const [, value] = /^\s*TF_REATTACH_PROVIDERS='(.*)'$/m.exec(said) ?? [];
        if (value !== undefined) resolve({ environment: { TF_REATTACH_PROVIDERS: value }, stop });
      });
    void ended.then(() => reject(new Error(`the provider ended:\n${said}`)));
  });
}

/**
 * Terraform configures a provider for each of its blocks that a resource uses, such as another one for
 * `defaultTags: false`. @throws Error if the stack's resources use several
 */
export function requireOneConfiguration(stackFolder: string): void {
  const { resource } = stack.parse(JSON.parse(readFileSync(path.join(stackFolder, "cdk.tf.json"), "utf8")));
  const all = Object.values(resource).flatMap((type) => Object.values(type));
  const used = new Set(all.map(({ provider }) => provider));
  if (used.size > 1) throw new Error(`${stackFolder} uses several configurations of the provider`);
}

const stack = z.object({
  resource: z.record(z.string(), z.record(z.string(), z.object({ provider: z.string().default("aws") }))),
});
