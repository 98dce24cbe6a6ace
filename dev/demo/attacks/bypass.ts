import { sequence } from "../../../lib/iam/automata/fragments";
import { anyRun } from "../../../lib/iam/automata/patterns";
import { providerArn } from "../../../lib/iam/language/arns";
import type { Policy } from "../../../lib/iam/language/policy";
import { findAllowed } from "../../../lib/iam/prove/tokens/find-allowed";
import { anyRefSubjects } from "../../../lib/iam/prove/tokens/subjects";
import { parseSubject } from "../../../lib/token/parse-subject";
import { printV1Subject } from "../../../lib/token/subject";
import type { GoodJob } from "./good-job";

/**
 * A branch of the project's own repository from which a policy allows the job's person.
 * @param prefix the beginning of the branch name
 * @returns undefined if there is none, or none is found
 */
export function bypassOf(job: GoodJob, policy: Policy, prefix: string): string | undefined {
  const { role, token, project } = job;
  const { organization, user } = token;
  const subject = { organization, project: project.id, user };
  const from = `${printV1Subject(subject)}/vcs-origin/${project.repository}/vcs-ref/refs/heads/${prefix}`;
  const found = findAllowed(policy, providerArn(role.account, token), {
    // The first restricts to names that git accepts, the second to the prefix.
    like: [anyRefSubjects(subject, project.repository), sequence(from, anyRun)],
    audience: project.audience,
  });
  const read = found.result === "found" ? parseSubject(found.counterexample.claims.sub ?? "") : undefined;
  return read?.kind === "job" ? read.source?.ref.slice("refs/heads/".length) : undefined;
}
