import { jobOfPerson } from "../dev/sandbox/circleci/job-of-person";
import { startSandbox as start } from "../dev/sandbox/sandbox";
import { explain } from "../lib/explain/explain";
import { isAsExpected } from "../lib/explain/job-answer";
import { accessFile } from "../lib/project/project-root";
import { readAccess } from "../lib/project/read-access";
import { prepareTools } from "../lib/terraform/prepare";

/** A job of CircleCI: who started it, of which project, and from where. */
export interface Job {
  /** A name of access.yaml, or the CircleCI user ID of anyone else. */
  readonly person: string;
  /** The project's name in access.yaml. */
  readonly project: string;
  /** The branch of the job. This or `tag` is required. */
  readonly branch?: string;
  /** The tag of git of the job. */
  readonly tag?: string;
  /** The repository of its code, such as that of a fork. Default: the project's. */
  readonly origin?: string;
}

/**
 * Whether a job may assume a role, by the trust policy that access.yaml gives it. A job has two
 * tokens: it is denied only if each of them is.
 * @param role the role's name in access.yaml, such as `deploy`
 * @param file path of access.yaml. Default: the project's
 * @returns `unknown`: the answer depends on something else; never take it for `deny`
 * @throws Error with `code` `access-file-invalid`, `unknown-person`, `unknown-project`,
 * `unknown-role`, `wrong-call`
 * @example
 * import { mayAssume } from "cdktf-circleci-oidc/testing";
 *
 * const alice = { person: "alice", project: "website", branch: "main" };
 * if (mayAssume("deploy", alice) !== "allow") throw new Error("alice may not deploy from main");
 * if (mayAssume("deploy", { ...alice, person: "bob" }) !== "deny") throw new Error("bob may deploy");
 * if (mayAssume("deploy", { ...alice, branch: "x" }) !== "deny") throw new Error("alice may deploy from x");
 */
export function mayAssume(role: string, job: Job, file: string = accessFile()): "allow" | "deny" | "unknown" {
  if (job.branch === undefined && job.tag === undefined) {
    const message = "a job has a branch or a tag: set one of them";
    throw Object.assign(new Error(message), { code: "wrong-call" });
  }
  const answers = explain(() => readAccess(file), { ...job, role: `${job.project}/${role}` });
  if (answers.length > 0 && answers.every((answer) => isAsExpected(answer, "allow"))) return "allow";
  return answers.length > 0 && answers.every((answer) => isAsExpected(answer, "deny")) ? "deny" : "unknown";
}

/** A local CircleCI and AWS, as `oidc sandbox` runs them. */
export interface Sandbox {
  /** URL of the local AWS, on the loopback interface. */
  readonly endpoint: string;
  /** The account's ID: 12 digits. */
  readonly account: string;
  /** Variables that lead AWS SDKs, the AWS CLI and Terraform to the local AWS. */
  readonly environment: Readonly<Record<string, string>>;
  /** The token of a job, signed by the local CircleCI: what `CIRCLE_OIDC_TOKEN_V2` holds. */
  readonly token: (job: Job) => Promise<string>;
  /** Stops it and deletes its data. */
  readonly stop: () => Promise<void>;
}

/** Which local AWS is started. */
export interface SandboxOptions {
  /** Path of access.yaml, for `token`. Default: the project's. */
  readonly file?: string;
  /** The account's ID: 12 digits. Default: `123456789012`. */
  readonly account?: string;
}

/**
 * Starts a local CircleCI and AWS. Tokens are verified, and every call is authorized: a denied call
 * fails as AWS fails. It ends with this process.
 *
 * The first start installs moto into the cache, which needs Python 3.9 or later.
 * @throws Error with `code` `tools-missing`, `moto-failed`, `moto-timeout`
 * @example
 * import { startSandbox } from "cdktf-circleci-oidc/testing";
 *
 * void startSandbox().then(async ({ endpoint, token, stop }) => {
 *   const bob = await token({ person: "bob", project: "website", branch: "main" });
 *   const body = new URLSearchParams({
 *     Action: "AssumeRoleWithWebIdentity",
 *     Version: "2011-06-15",
 *     RoleArn: "arn:aws:iam::123456789012:role/website-deploy",
 *     RoleSessionName: "bob",
 *     WebIdentityToken: bob,
 *   });
 *   const { status } = await fetch(endpoint, { method: "POST", body });
 *   await stop();
 *   // InvalidIdentityToken: the account has no OIDC provider yet.
 *   if (status !== 400) throw new Error(`bob's token was answered with ${status}`);
 * });
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { file = accessFile(), account } = options;
  const tools = await prepareTools(["moto"]);
  const sandbox = await start({
    motoCommand: tools.moto,
    env: { ...process.env, ...tools.environment },
    ...(account === undefined ? {} : { accountId: account }),
  });
  return {
    endpoint: sandbox.endpoint,
    account: sandbox.accountId,
    environment: sandbox.environment,
    token: (job) => sandbox.circleCi.mint(jobOfPerson(readAccess(file), job)),
    stop: sandbox.stop,
  };
}
