import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import type { Access } from "../../lib/config/model/model";
import { repositoryRoot } from "../../lib/programs/cache";
import { readAccess } from "../../lib/project/read-access";
import { prepareTools } from "../../lib/terraform/prepare";
import { jobEnvironment } from "../sandbox/runner/job-environment";
import { createSite, type Site } from "../sandbox/runner/site";
import type { Sandbox } from "../sandbox/sandbox";
import { AccountReader } from "./account";
import { type Accounts, startAccounts } from "./accounts";
import { createServices, functionPackage, type Services } from "./company-services";
import { succeeded } from "./ended";
import { installPrograms, type JobPrograms } from "./light-programs";
import { startWorld } from "./start-world";
import { edited } from "./talk";
import type { World } from "./world";

const EXAMPLE = path.join(repositoryRoot, "examples", "company");
const STAGING = "111122223333";
const PRODUCTION = "444455556666";

/** `examples/company` with local AWS accounts and repositories. */
export interface Company {
  readonly accounts: Accounts;
  readonly access: Access;
  /**
   * Those of an account work with its administrator's credentials. All have the same access.yaml.
   */
  readonly worlds: Readonly<Record<"staging" | "production", World>>;
  readonly readers: Readonly<Record<"staging" | "production", AccountReader>>;
  readonly services: Services;
  /** By the folder of the example. */
  readonly sites: Readonly<Record<"shop" | "infrastructure", Site>>;
  readonly programs: JobPrograms;
  readonly stop: () => Promise<void>;
}

/** Starts the accounts with the state buckets, and with the services that are deployed to. */
export async function startCompany(): Promise<Company> {
  const tools = await prepareTools(["moto", "aws"]);
  const env = { ...process.env, ...tools.environment };
  const accounts = await startAccounts([STAGING, PRODUCTION], { motoCommand: tools.moto, env });
  const sandboxes = { staging: sandboxOf(accounts, STAGING), production: sandboxOf(accounts, PRODUCTION) };
  const zip = functionPackage();
  const services = await createServices(sandboxes.production, zip);
  // The one ID of the file that AWS chooses.
  const text = edited(
    await readFile(path.join(EXAMPLE, "access.yaml"), "utf8"),
    "E2QWRUHAPOMQZL",
    services.distribution,
  );
  const worlds = {
    staging: await startWorld(sandboxes.staging),
    production: await startWorld(sandboxes.production),
  };
  for (const world of Object.values(worlds)) await world.writeAccess(text);
  const access = readAccess(worlds.staging.accessFile);
  const readers = {
    staging: new AccountReader(sandboxes.staging),
    production: new AccountReader(sandboxes.production),
  };
  for (const { key, stateBucket, region } of access.accounts)
    await (key === "staging" ? readers.staging : readers.production).s3.send(
      new CreateBucketCommand({
        Bucket: stateBucket,
        CreateBucketConfiguration: { LocationConstraint: region === "eu-central-1" ? region : undefined },
      }),
    );
  const { folder } = worlds.staging;
  const site = async (repository: string, sources: string): Promise<Site> => {
    const copy = path.join(folder, "repositories", repository);
    await cp(path.join(EXAMPLE, repository), copy, { recursive: true });
    for (const folder of ["storefront", "orders"]) {
      await mkdir(path.join(copy, folder), { recursive: true });
      for (const name of ["package.json", "package-lock.json"])
        await writeFile(path.join(copy, folder, name), "{}\n");
    }
    return createSite(copy, sources, jobEnvironment({}, env));
  };
  const sites = {
    shop: await site("shop", path.join("storefront", "src")),
    infrastructure: await site("infrastructure", "docs"),
  };
  const programs = await installPrograms(path.join(folder, "programs"), zip, env);
  const stop = async (): Promise<void> => {
    for (const reader of Object.values(readers)) reader.close();
    await Promise.all(Object.values(worlds).map((world) => world.stop()));
    await accounts.stop();
  };
  return { accounts, access, worlds, readers, services, sites, programs, stop };
}

/** Deploys all stacks with Terraform alone. */
export async function deployCompany({ worlds }: Pick<Company, "worlds">): Promise<void> {
  const deploy = async (account: "staging" | "production"): Promise<void> => {
    const projects = account === "production" ? ["storefront", "orders"] : ["storefront"];
    const stacks = ["state", "identity", "pipeline", ...projects].map((name) => `${account}-${name}`);
    const world = worlds[account];
    await world.synth(...stacks);
    for (const stack of stacks) await world.apply(stack);
  };
  await Promise.all([deploy("staging"), deploy("production")]);
}

/** Runs `oidc pipeline` for a project on a configuration of a repository. */
export async function pipelineCommand(
  { worlds: { staging }, sites }: Pick<Company, "worlds" | "sites">,
  project: string,
  option: "--write" | "--check",
): Promise<string> {
  const [repository, name] =
    project === "infrastructure"
      ? (["infrastructure", "config.yml"] as const)
      : (["shop", "continue_config.yml"] as const);
  const file = path.join(sites[repository].repository, ".circleci", name);
  const { stdout } = succeeded(
    await staging.ours("oidc", ["pipeline", "--project", project, option, "--file", file]),
  );
  return stdout;
}

function sandboxOf({ sandboxes }: Accounts, id: string): Sandbox {
  const sandbox = sandboxes.get(id);
  if (sandbox === undefined) throw new Error(`no account ${id}`);
  return sandbox;
}
