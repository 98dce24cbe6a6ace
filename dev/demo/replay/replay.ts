import path from "node:path";
import { SETUP } from "../../../lib/circleci/job/orb";
import { jobName } from "../../../lib/circleci/jobs";
import { type Answer, answerToken } from "../../../lib/explain/answer";
import { readToken } from "../../../lib/explain/read-token";
import { ownTarget } from "../../../lib/explain/target";
import { roleArn } from "../../../lib/iam/language/arns";
import type { Claims } from "../../../lib/token/claims";
import type { Issuer } from "../../../lib/token/issuer";
import { fullRef } from "../../../lib/token/ref";
import { jobClaims } from "../../sandbox/circleci/job-claims";
import type { TokenRequest } from "../../sandbox/circleci/token-request";
import { type PipelineJob, runPipeline } from "../../sandbox/runner/run-pipeline";
import { askRole, doAgree, type Tried } from "../tokens/ask-role";
import type { Scenario } from "./scenarios";

interface ReplaySettings {
  /** The issuer of the jobs' tokens. */
  readonly issuer: Issuer;
  /** What `git clone` takes, and the commit that the scenario pushes. */
  readonly repository: string;
  readonly commit: string;
  /** A folder for this replay alone. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly mint: (request: TokenRequest) => Promise<string>;
  /** The sandbox's, for tokens that are sent to AWS outside of a job. */
  readonly endpoint: string;
}

/** A job with its result, and the answer of access.yaml. */
export interface ReplayedJob {
  readonly job: PipelineJob;
  /** For the job's V2 token; for a job that did not run, for the one that it would have had. */
  readonly answer: Answer;
  /**
   * The job's V1 token, sent to AWS by itself: the orb does not send it, but an edited config can.
   * A job that did not run would have had one too.
   */
  readonly v1Token: Tried;
  /**
   * Whether AWS and access.yaml agree on both tokens; for a job that did not run, on the V1 token.
   */
  readonly agrees: boolean;
}

export interface Replayed {
  readonly scenario: Scenario;
  readonly jobs: readonly ReplayedJob[];
}

/**
 * Runs the generated pipeline for one scenario, sends the jobs' V1 tokens to AWS, and asks
 * `explain` about all tokens.
 */
export async function replay(scenario: Scenario, settings: ReplaySettings): Promise<Replayed> {
  const { project, person, ref, origin, pullRequest, config } = scenario;
  const { issuer, repository, commit, folder, env, mint } = settings;
  const token = {
    ...issuer,
    project: scenario.projectId,
    user: person.id,
    audience: project.audience,
    source: { origin, ref: fullRef(ref) },
  };
  const jobs = await runPipeline(
    {
      username: person.name,
      token,
      repository,
      commit,
      ...(ref.kind === "branch" ? { branch: ref.name } : { tag: ref.name }),
      ...(pullRequest === undefined ? {} : { pullRequest }),
    },
    { config, folder: path.join(folder, "jobs"), env, mint },
  );
  const v1 = await mint({ ...token, version: 1 });
  const replayed: ReplayedJob[] = [];
  for (const job of jobs) {
    if (job.status === "approved" || job.status === "on-hold") continue;
    const role = project.roles.find((one) => jobName(one, project) === job.name);
    if (role === undefined) throw new Error(`no role for job ${job.name}`);
    const target = ownTarget({ project, role });
    const explained = (claims: Claims): Answer => answerToken(target, claims, person.name);
    const answer = explained(job.token === undefined ? jobClaims(token, Date.now()) : readToken(job.token));
    const v1Token = {
      answer: await askRole(settings.endpoint, roleArn(role), v1),
      explained: explained(readToken(v1)),
    };
    replayed.push({ job, answer, v1Token, agrees: agree(job, answer) && doAgree(v1Token) });
  }
  return { scenario, jobs: replayed };
}

/** A denied job must have failed at assuming its role, not elsewhere. */
function agree({ status, result }: PipelineJob, { decision }: Answer): boolean {
  if (status === "filtered" || status === "not-run") return true;
  if (decision === "allow") return status === "success";
  return (
    decision === "deny" && result?.failedStep === SETUP && (result.message ?? "").includes("(AccessDenied)")
  );
}
