import type { Access } from "../../lib/config/model/model";
import { V1_TOKEN } from "../../lib/token/claims";
import { type BranchPin, wrongPushes } from "./attacks/branch-pin";
import { type Forged, wrongForgeries } from "./attacks/forged";
import { doAgree } from "./attacks/tried";
import type { BucketContents } from "./contents";
import type { Replayed, ReplayedJob } from "./replay/replay";
import { wordFor, wordForV1 } from "./replay/words";

/** All that happened after the deploy. */
export interface Talk {
  readonly access: Access;
  readonly runs: readonly Replayed[];
  /** Afterwards. */
  readonly contents: readonly BucketContents[];
  /** Undefined: the file has no role. */
  readonly forged?: Forged;
  /** Undefined: the file pins no branch. */
  readonly branchPin?: BranchPin;
  /** What of the file is not shown: a sentence each. */
  readonly leftOut: readonly string[];
}

/** Where AWS did anything else than access.yaml says. Empty: nowhere. */
export function differencesIn({ runs, contents, forged, branchPin }: Talk): readonly string[] {
  return [
    ...runs.flatMap((run) => run.jobs.filter(({ agrees }) => !agrees).map((job) => differs(run, job))),
    ...contents.flatMap((bucket) => wrongContents(runs, bucket)),
    ...(forged === undefined ? [] : wrongForgeries(forged)),
    ...(branchPin === undefined ? [] : wrongPushes(branchPin)),
  ];
}

function differs({ scenario }: Replayed, one: ReplayedJob): string {
  const { job, answer, v1Token } = one;
  if (!doAgree(v1Token)) {
    const { decision, reason } = v1Token.explained;
    return `${scenario.title}: ${job.name} by ${V1_TOKEN} ${wordForV1(one)}, and access.yaml says ${decision}: ${reason}`;
  }
  const said = job.result?.message === undefined ? "" : ` ("${job.result.message}")`;
  return `${scenario.title}: ${job.name} ${wordFor(job.status)}${said}, and access.yaml says ${answer.decision}: ${answer.reason}`;
}

/**
 * A bucket holds what the last push brought whose job was let in, and what nobody brought is not
 * there.
 */
function wrongContents(runs: readonly Replayed[], { bucket, objects }: BucketContents): readonly string[] {
  const brought = runs.filter(({ scenario, jobs }) =>
    jobs.some(({ job }) => {
      const role = scenario.project.roles.find(({ key }) => key === job.name);
      return role?.bucket?.name === bucket && job.status === "success";
    }),
  );
  const last = brought.at(-1);
  const wanted = last === undefined ? [] : [`${last.scenario.title}.`];
  const found = objects.map(({ text }) => text);
  if (wanted.join() === found.join()) return [];
  return [`bucket ${bucket} holds "${found.join('", "')}" and not "${wanted.join('", "')}"`];
}
