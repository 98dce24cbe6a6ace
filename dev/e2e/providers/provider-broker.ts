import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { repositoryRoot } from "../../../lib/programs/cache";
import type { Tools } from "../../../lib/terraform/prepare";
import { chooseProvider, constraintOf } from "../../../lib/terraform/provider-choice";
import { awsProviderLock, pinnedHashes } from "../../../lib/terraform/provider-hashes";
import { closeServer } from "../../sandbox/http/listen";
import { ProviderPool } from "./provider-pool";
import { providerProgram } from "./provider-process";

/** Each has at least one provider, of 200 MB. */
const MOST_POOLS = 6;

/** Terraform that uses shared providers; see there. */
export const SHARED_TERRAFORM = path.join(repositoryRoot, "dev", "e2e", "providers", "terraform");

/**
 * Has a pool of running providers for each set of AWS settings, which are the endpoint and the
 * credentials.
 */
export class ProviderBroker {
  private readonly folder = mkdtempSync(path.join(tmpdir(), "broker-"));
  private readonly server = createServer((request, response) => {
    void text(request).then(
      (env) => response.end(this.poolFor(environmentIn(env)).reattach),
      () => response.destroy(),
    );
  });
  /** By AWS settings; the last one asked for is the last. */
  private readonly pools = new Map<string, ProviderPool>();
  private readonly stopped: Promise<void>[] = [];

  /**
   * @param provider the provider's program
   * @param tools the program that SHARED_TERRAFORM runs
   */
  constructor(
    private readonly provider: string,
    private readonly tools: Pick<Tools, "terraform" | "product">,
  ) {
    const { constraint, version = constraint } = chooseProvider(constraintOf(process.env));
    const wanted = { product: tools.product, version };
    // OpenTofu's packages have no pinned hashes, and a lock file may have no empty list.
    const lock = awsProviderLock(wanted, constraint, pinnedHashes(wanted) ?? []);
    writeFileSync(this.lockFile, lock.replace(/^ *hashes = \[\s*\]\n/m, ""));
    this.server.listen(this.socket);
  }

  /** For commands whose AWS settings are those of `env` until their end. */
  sharedBy(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return { ...this.variables, SHARED_PROVIDERS: this.poolFor(env).reattach };
  }

  /** For commands that get credentials while they run, such as the jobs of a pipeline. */
  get environment(): Readonly<Record<string, string>> {
    return { ...this.variables, SHARED_PROVIDERS_BROKER: this.socket };
  }

  /** Kills the providers of the commands with the AWS settings of `env`. */
  kill(env: NodeJS.ProcessEnv): Promise<void> {
    return this.poolFor(env).kill();
  }

  async stop(): Promise<void> {
    for (const pool of this.pools.values()) this.stopped.push(pool.stop());
    this.pools.clear();
    await Promise.all([closeServer(this.server), ...this.stopped]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get variables(): Readonly<Record<string, string>> {
    return {
      TERRAFORM_BINARY_NAME: SHARED_TERRAFORM,
      SHARED_PROVIDERS_TERRAFORM: this.tools.terraform,
      SHARED_PROVIDERS_LOCK: this.lockFile,
    };
  }

  private poolFor(env: NodeJS.ProcessEnv): ProviderPool {
    const settings = JSON.stringify(
      Object.entries(env)
        .filter(([name]) => name.startsWith("AWS_"))
        .sort(),
    );
    const pool = this.pools.get(settings) ?? new ProviderPool(this.provider, env, this.tools.product);
    this.pools.delete(settings);
    this.pools.set(settings, pool);
    this.stopUnused();
    return pool;
  }

  /** The pools of jobs that have ended. */
  private stopUnused(): void {
    const unused = [...this.pools].slice(0, -MOST_POOLS).filter(([, pool]) => !pool.isUsed);
    for (const [settings, pool] of unused) {
      this.pools.delete(settings);
      this.stopped.push(pool.stop());
    }
  }

  private get socket(): string {
    return path.join(this.folder, "socket");
  }

  private get lockFile(): string {
    return path.join(this.folder, "lock.hcl");
  }
}

/** Undefined: the user's own configuration decides where the provider is. */
export function brokerFor(
  tools: Pick<Tools, "terraform" | "product" | "environment">,
): ProviderBroker | undefined {
  const provider = providerProgram({ ...process.env, ...tools.environment }, tools.product);
  return provider === undefined ? undefined : new ProviderBroker(provider, tools);
}

/** @param zeroed as `env -0` prints it */
function environmentIn(zeroed: string): NodeJS.ProcessEnv {
  return Object.fromEntries(
    zeroed
      .split("\0")
      .filter((line) => line !== "")
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}
