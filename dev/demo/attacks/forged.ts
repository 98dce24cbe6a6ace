import type { Access } from "../../../lib/config/model/model";
import { roleArn } from "../../../lib/iam/language/role-arn";
import { FORGERIES, type Forgery } from "../../sandbox/circleci/forgeries";
import type { Sandbox } from "../../sandbox/sandbox";
import { askRole, type RoleAnswer } from "./ask-role";
import { type GoodJob, goodJobs } from "./good-job";

export interface Forged {
  /** Whose role is attacked, and whose token is forged. */
  readonly job: GoodJob;
  /**
   * The answer to that job's own token, which is good: what the others are turned away for is the
   * forgery alone.
   */
  readonly own: RoleAnswer;
  readonly tried: readonly TriedForgery[];
}

export interface TriedForgery {
  readonly forgery: Pick<Forgery, "name" | "title" | "code">;
  readonly answer: RoleAnswer;
}

/**
 * Tries every kind of forged token on the role that fewest may assume. Undefined: the file has no
 * role.
 */
export async function tryForgeries(
  access: Access,
  { endpoint, circleCi }: Pick<Sandbox, "endpoint" | "circleCi">,
): Promise<Forged | undefined> {
  const [job] = goodJobs(access);
  if (job === undefined) return undefined;
  const arn = roleArn(job.role);
  const own = await askRole(endpoint, arn, await circleCi.mint(job.token));
  const forger = { job: job.token, issuers: circleCi.issuers, now: Date.now() };
  const tried: TriedForgery[] = [];
  for (const { name, title, code, make } of FORGERIES)
    tried.push({
      forgery: { name, title, code },
      answer: await askRole(endpoint, arn, await make(forger)),
    });
  return { job, own, tried };
}

/** What is not as it has to be: a forgery that gets in, or is turned away for something else. */
export function wrongForgeries({ job, own, tried }: Forged): readonly string[] {
  const { name } = job.role;
  return [
    ...(own.allowed ? [] : [`${job.person.name}'s own token does not get ${name}: ${own.code}`]),
    ...tried.flatMap(({ forgery, answer }) => {
      if (answer.allowed) return [`${forgery.title} gets ${name}`];
      if (answer.code === forgery.code) return [];
      return [`${forgery.title} is answered with ${answer.code} and not with ${forgery.code}`];
    }),
  ];
}
