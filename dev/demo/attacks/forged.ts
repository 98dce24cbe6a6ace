import type { Access } from "../../../lib/config/model/model";
import { roleArn } from "../../../lib/iam/language/arns";
import { FORGERIES, type Forgery } from "../../sandbox/circleci/forgeries";
import type { Sandbox } from "../../sandbox/sandbox";
import { askRole, type RoleAnswer } from "../tokens/ask-role";
import { type GoodJob, goodJobs } from "./good-job";

export interface Forged {
  /** The job whose role is attacked, and whose token is forged. */
  readonly job: GoodJob;
  /** AWS's answer to the job's valid token: the others are denied for the forgery alone. */
  readonly own: RoleAnswer;
  readonly tried: readonly TriedForgery[];
}

interface TriedForgery {
  readonly forgery: Pick<Forgery, "name" | "title" | "code">;
  readonly answer: RoleAnswer;
}

/**
 * Sends every kind of forged token for the most restricted role. Undefined: the file has no role.
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

/** Every forgery that is allowed, or denied with an unexpected error code. */
export function wrongForgeries({ job, own, tried }: Forged): readonly string[] {
  const { name } = job.role;
  return [
    ...(own.allowed ? [] : [`the valid token of ${job.person.name} is denied for ${name}: ${own.code}`]),
    ...tried.flatMap(({ forgery, answer }) => {
      if (answer.allowed) return [`${forgery.title}: allowed for ${name}`];
      if (answer.code === forgery.code) return [];
      return [`${forgery.title}: denied with ${answer.code}, expected ${forgery.code}`];
    }),
  ];
}
