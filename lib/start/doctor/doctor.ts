import type { Access } from "../../config/model/model";
import { ProjectError } from "../../errors";
import type { Progress } from "../../programs/progress";
import { accessFile, readAccess } from "../../project/read-access";
import { checkCaller } from "./checks/caller";
import { type CheckResult, good, unknown, wrong } from "./checks/check-result";
import { checkNameConflicts } from "./checks/name-conflicts";
import { checkPermissions } from "./checks/permissions";
import { checkPipeline } from "./checks/pipelines";
import { checkQuotas } from "./checks/quotas";
import { checkStates } from "./checks/states";
import { checkTools, oneLine } from "./checks/tools";

export interface DoctorSettings {
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
  /** Key of the account whose deploy is meant; undefined: the one that the credentials are of. */
  readonly account?: string;
  /** Of this folder, such as `github.com/acme/website`. */
  readonly repository?: string;
  /** What CircleCI says of the file's projects; asked last. */
  readonly askCircleCi: (access: Access) => Promise<readonly CheckResult[]>;
}

/**
 * Everything that must hold before a deploy. Looks, and changes nothing; whatever cannot be looked
 * at is said to be unknown.
 */
export async function doctor(settings: DoctorSettings): Promise<readonly CheckResult[]> {
  const { env, progress, account: key, repository, askCircleCi } = settings;
  const tools = await checkTools(env, progress);
  const read = readFile(env);
  if ("problem" in read) return [...tools, read.problem];
  const { access } = read;
  const file = good("access.yaml", accessFile(env));
  const { results, caller } = await checkCaller(access, key);
  const aws =
    caller === undefined
      ? [
          unknown(
            "state, names, quotas, permissions",
            "without credentials of the account nothing can be looked at",
          ),
        ]
      : await inAccount(access, caller, env);
  return [
    ...tools,
    file,
    ...results,
    ...aws,
    ...checkPipeline(access, repository),
    ...(await askCircleCi(access)),
  ];
}

function readFile(env: NodeJS.ProcessEnv): { readonly access: Access } | { readonly problem: CheckResult } {
  try {
    return { access: readAccess(accessFile(env)) };
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    return {
      problem: wrong(
        "access.yaml",
        oneLine(error.message),
        error.fix ?? "npm run synth says the same, line by line",
      ),
    };
  }
}

async function inAccount(
  access: Access,
  { account, arn }: NonNullable<Awaited<ReturnType<typeof checkCaller>>["caller"]>,
  env: NodeJS.ProcessEnv,
): Promise<readonly CheckResult[]> {
  const checks = [
    checkStates(access, account),
    checkNameConflicts(access, account, env),
    checkQuotas(access, account),
    checkPermissions(access, account, arn),
  ];
  const done = await Promise.all(checks.map(orUnknown));
  return done.flat();
}

/** One check that fails hides no other. */
async function orUnknown(check: Promise<readonly CheckResult[]>): Promise<readonly CheckResult[]> {
  try {
    return await check;
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return [unknown("AWS", oneLine(reason))];
  }
}
