import path from "node:path";
import type { Access } from "../config/model/model";
import { type ChildEnvironment, childEnvironment } from "../http/child-environment";
import { cacheDirectory, ensureCache, repositoryRoot, writeAtomically } from "../programs/cache";
import { findPrograms } from "../programs/find-program";
import { installCommand, type Missing, refuseIfMissing } from "../programs/missing";
import { createProbe } from "../programs/probe-cache";
import { createProgress, type Progress } from "../programs/progress";
import { findPythonTools, type PythonTools } from "../programs/python-tools";
import { requireOpenTofu } from "../project/require-opentofu";
import { sha256, sha256OfFile } from "../project/sha256";
import { type FoundTerraform, findTerraform } from "./binary";
import { terraformEnvironment } from "./environment";
import { installTerraform } from "./install-binary";
import { prepareProvider } from "./prepare-provider";
import type { Product } from "./product";
import { projectProvider } from "./project-provider";
import type { ProviderChoice } from "./provider-choice";
import { PINNED_TERRAFORM, type TerraformRelease } from "./versions";

export type Need = "terraform" | "provider" | "aws" | "moto" | "git";

interface PrepareOptions {
  /** Default: the environment of the process. */
  readonly env?: NodeJS.ProcessEnv;
  readonly progress?: Progress;
  /**
   * Whose stacks are run: what they need of the program is checked before anything is downloaded.
   */
  readonly access?: Pick<Access, "accounts">;
  /** Where `access` comes from. Default: the project's access.yaml. */
  readonly accessFile?: string;
  /** What is fetched where no Terraform fits; the pinned release unless a test says otherwise. */
  readonly release?: TerraformRelease;
  /** The AWS provider; the project's unless a test says otherwise. */
  readonly provider?: ProviderChoice;
  /** Where provider mirrors are looked for; the usual places unless a test says otherwise. */
  readonly mirrorRoots?: readonly string[];
}

export interface Tools {
  /** Variables to add to the environment of every child: PATH, settings of Terraform and cdktf. */
  readonly environment: Readonly<Record<string, string>>;
  /** Absolute path of Terraform or OpenTofu; empty: not requested. */
  readonly terraform: string;
  /** Which of them it is; Terraform where none was requested. */
  readonly product: Product;
  /** The AWS provider of the stacks. */
  readonly provider: ProviderChoice;
  /** The command that starts moto_server, without its arguments; empty: not requested. */
  readonly moto: readonly string[];
}

/**
 * Finds the requested tools and downloads missing ones to the project's cache.
 * @throws ProjectError `tools-missing` with everything that the user must install, before any
 * download; AccessFileError of `requireOpenTofu`; `cache-read-only`; `ca-unreadable`; those of
 * `download`, `installProvider` and `installPythonEnvironment`
 */
export async function prepareTools(needs: readonly Need[], options: PrepareOptions = {}): Promise<Tools> {
  const { env: given = process.env, progress = createProgress(), release = PINNED_TERRAFORM } = options;
  const wants = new Set(needs);
  const provider = options.provider ?? projectProvider(given);
  const cache = cacheDirectory(given);
  await ensureCache(cache);
  const network = await networkVariables(given, cache);
  const env = { ...given, ...network };
  const probe = createProbe(cache, env);
  const wantsTerraform = wants.has("terraform") || wants.has("provider");
  const requirements = path.join(repositoryRoot, "requirements", "sandbox.txt");

  const [found, python] = await Promise.all([
    wantsTerraform ? findTerraform(env, probe, release) : NOT_WANTED,
    findPythonTools({ aws: wants.has("aws"), moto: wants.has("moto") }, { cache, env, probe, requirements }),
  ]);
  refuseIfMissing([...(wants.has("git") ? findGit(env) : []), ...found.missing, ...python.missing]);

  if (wantsTerraform && options.access !== undefined)
    requireOpenTofu(options.access, found.product, options.accessFile);
  const terraform = once(
    async () => found.program ?? (await installTerraform({ cache, env, progress, release })),
  );
  const [program, settings, tools] = await Promise.all([
    wantsTerraform ? terraform() : "",
    wants.has("provider")
      ? prepareProvider({
          cache,
          env,
          progress,
          terraform,
          product: found.product,
          provider,
          ...rootsOf(options),
        })
      : Promise.resolve<Record<string, string>>({}),
    python.install(progress),
  ]);
  return {
    environment: {
      ...network,
      ...terraformEnvironment({ env, cache, terraform: program }),
      ...settings,
      ...pathOf(env, program, tools),
    },
    terraform: program,
    product: found.product,
    provider,
    moto: tools.moto,
  };
}

const NOT_WANTED: FoundTerraform = { product: "Terraform", missing: [] };

/** How children connect; the certificates that they trust are written to the cache. */
async function networkVariables(
  env: NodeJS.ProcessEnv,
  cache: string,
): Promise<ChildEnvironment["variables"]> {
  const { variables, bundle } = childEnvironment(env, (hash) =>
    path.join(cache, "authorities", `${hash}.pem`),
  );
  if (bundle !== undefined && sha256OfFile(bundle.file) !== sha256(bundle.text))
    await writeAtomically(bundle.file, bundle.text);
  return variables;
}

/** Terraform and the provider wait for the same download. */
function once<T>(start: () => Promise<T>): () => Promise<T> {
  let started: Promise<T> | undefined;
  return () => {
    started ??= start();
    return started;
  };
}

function rootsOf({ mirrorRoots }: PrepareOptions): { roots?: readonly string[] } {
  return mirrorRoots === undefined ? {} : { roots: mirrorRoots };
}

function findGit(env: NodeJS.ProcessEnv): readonly Missing[] {
  return findPrograms("git", env).length > 0 ? [] : [{ what: "git", install: installCommand("git", "git") }];
}

/** Downloaded tools come first; those of the user are already on the PATH. */
function pathOf(env: NodeJS.ProcessEnv, terraform: string, tools: PythonTools): { PATH?: string } {
  const first =
    terraform === "" || findPrograms(path.basename(terraform), env)[0] === terraform
      ? []
      : [path.dirname(terraform)];
  const folders = [...tools.binFolders, ...first];
  if (folders.length === 0) return {};
  return { PATH: [...folders, env.PATH ?? ""].join(path.delimiter) };
}
