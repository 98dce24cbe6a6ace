import type { Access } from "../../lib/config/model/model";
import { V1_TOKEN } from "../../lib/token/claims";
import type { BucketContents } from "./account/contents";
import { type BranchPin, wrongPushes } from "./attacks/branch-pin";
import { type BreakGlass, wrongMoments } from "./attacks/break-glass";
import { type Forged, wrongForgeries } from "./attacks/forged";
import type { Replayed, ReplayedJob } from "./replay/replay";
import { statusWord, v1Word } from "./replay/words";
import { doAgree } from "./tokens/ask-role";
import { type UsedCircle, wrongUses } from "./usage/used-circle";

/** The events after the deploy. */
export interface Talk {
  readonly access: Access;
  readonly runs: readonly Replayed[];
  /** The roles' buckets after the last push. */
  readonly contents: readonly BucketContents[];
  /** Undefined: no role of the file has a list that leaves a person out. */
  readonly used?: UsedCircle;
  /** Undefined: the file has no role. */
  readonly forged?: Forged;
  /** Undefined: no role is restricted to branches. */
  readonly branchPin?: BranchPin;
  /** Undefined: everyone may assume every role. */
  readonly breakGlass?: BreakGlass;
  /** The parts of the file that are not shown: a sentence each. */
  readonly leftOut: readonly string[];
}

/** Every difference between AWS and access.yaml. Empty: there is none. */
export function differencesIn({
  runs,
  contents,
  used,
  forged,
  branchPin,
  breakGlass,
}: Talk): readonly string[] {
  return [
    ...runs.flatMap((run) => run.jobs.filter(({ agrees }) => !agrees).map((job) => differs(run, job))),
    ...contents.flatMap((bucket) => wrongContents(runs, bucket)),
    ...(used === undefined ? [] : wrongUses(used)),
    ...(forged === undefined ? [] : wrongForgeries(forged)),
    ...(branchPin === undefined ? [] : wrongPushes(branchPin)),
    ...(breakGlass === undefined ? [] : wrongMoments(breakGlass)),
  ];
}

function differs({ scenario }: Replayed, one: ReplayedJob): string {
  const { job, answer, v1Token } = one;
  if (!doAgree(v1Token)) {
    const { decision, reason } = v1Token.explained;
    return `${scenario.title}: ${job.name} by ${V1_TOKEN} ${v1Word(one)}, and access.yaml says ${decision}: ${reason}`;
  }
  const said = job.result?.message === undefined ? "" : ` ("${job.result.message}")`;
  return `${scenario.title}: ${job.name} ${statusWord(job.status)}${said}, and access.yaml says ${answer.decision}: ${answer.reason}`;
}

/** A bucket must hold the objects of the last push whose job was allowed, and no others. */
function wrongContents(runs: readonly Replayed[], { bucket, objects }: BucketContents): readonly string[] {
  const uploads = runs.filter(({ scenario, jobs }) =>
    jobs.some(({ job }) => {
      const role = scenario.project.roles.find(({ key }) => key === job.name);
      return role?.bucket?.name === bucket && job.status === "success";
    }),
  );
  const last = uploads.at(-1);
  const wanted = last === undefined ? [] : [`${last.scenario.title}.`];
  const found = objects.map(({ text }) => text);
  if (wanted.join() === found.join()) return [];
  return [`bucket ${bucket} holds "${found.join('", "')}" and not "${wanted.join('", "')}"`];
}
