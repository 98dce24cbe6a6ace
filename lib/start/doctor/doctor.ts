import { oidc } from "../../command-name";
import type { Access } from "../../config/model/model";
import { writeMoment } from "../../config/rules/moment";
import { ProjectError } from "../../errors";
import type { Progress } from "../../programs/progress";
import { remoteOf } from "../../project/git";
import { accessFile, projectRoot } from "../../project/project-root";
import { readAccess } from "../../project/read-access";
import { readRepository } from "../../project/repository-address";
import type { StartHost } from "../host";
import { type Caller, checkCaller } from "./checks/caller";
import { type CheckResult, good, oneLine, unknown, wrong } from "./checks/check-result";
import { checkForkSecrets } from "./checks/fork-secrets";
import { checkNameConflicts } from "./checks/name-conflicts";
import { checkPackages } from "./checks/packages";
import { checkPeriods } from "./checks/periods";
import { checkPermissions } from "./checks/permissions";
import { checkPipeline } from "./checks/pipelines";
import { checkQuotas } from "./checks/quotas";
import { checkStates } from "./checks/states";
import { checkTools } from "./checks/tools";

interface DoctorHost extends Pick<StartHost, "env" | "folder"> {
  readonly progress: Progress;
}

/**
 * Checks everything that a deploy needs, without changing anything. A check that cannot be
 * completed is reported as unknown.
 * @param key of the account to check; undefined: the account of the credentials
 */
export async function doctor(
  key: string | undefined,
  { env, folder, progress }: DoctorHost,
): Promise<readonly CheckResult[]> {
  const read = readFile(env);
  const tools = [
    ...(await checkTools(env, progress, "access" in read ? read.access : undefined)),
    checkPackages(projectRoot(env)),
  ];
  if ("problem" in read) return [...tools, read.problem];
  const { access } = read;
  const { results, caller } = await checkCaller(access, key);
  return [
    ...tools,
    good("access.yaml", accessFile(env)),
    ...checkPeriods(access, writeMoment(Date.now())),
    ...results,
    ...(caller === undefined
      ? [unknown("state, names, quotas, permissions", "not checked: no credentials for the account")]
      : await checkAccount(access, caller, env)),
    ...checkPipeline(access, await repositoryOf(folder)),
    ...(await checkForkSecrets(access, env)),
  ];
}

/** Such as `github.com/acme/website`; undefined: no git remote names a repository. */
async function repositoryOf(folder: string): Promise<string | undefined> {
  const remote = await remoteOf(folder).catch(() => undefined);
  const found = remote === undefined ? undefined : readRepository(remote);
  return found === undefined ? undefined : `${found.site}/${found.path}`;
}

function readFile(env: NodeJS.ProcessEnv): { readonly access: Access } | { readonly problem: CheckResult } {
  try {
    return { access: readAccess(accessFile(env)) };
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    const fix = error.fix ?? `${oidc("synth")} lists each problem with its line`;
    return { problem: wrong("access.yaml", oneLine(error), fix) };
  }
}

async function checkAccount(
  access: Access,
  { account, arn }: Caller,
  env: NodeJS.ProcessEnv,
): Promise<readonly CheckResult[]> {
  const checks = [
    checkStates(access, account),
    checkNameConflicts(access, account, env),
    checkQuotas(access, account),
    checkPermissions(access, account, arn),
  ];
  const results = await Promise.all(checks.map(orUnknown));
  return results.flat();
}

/** A check that fails unexpectedly does not hide the results of the others. */
async function orUnknown(check: Promise<readonly CheckResult[]>): Promise<readonly CheckResult[]> {
  return check.catch((error: unknown) => [unknown("AWS", oneLine(error))]);
}
