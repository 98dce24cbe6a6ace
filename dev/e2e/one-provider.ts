import { readdirSync } from "node:fs";
import path from "node:path";
import { spawnGuarded } from "../../setup/guarded.cjs";

/** The AWS provider as a server that Terraform connects to. */
export interface OneProvider {
  readonly environment: { readonly TF_REATTACH_PROVIDERS: string };
  readonly stop: () => Promise<void>;
}

/**
 * Starts the provider of an initialized stack once for many Terraform commands (HashiCorp, "Debugging
 * providers"): starting it takes up to half of a command's time. It keeps the settings of the last
 * command that configured it, so that one command may use it at a time.
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
