import { goodJobs } from "../../../dev/demo/attacks/good-job";
import type { Replayed, ReplayedJob } from "../../../dev/demo/replay/replay";
import { type Scenario, scenariosOf } from "../../../dev/demo/replay/scenarios";
import type { Talk } from "../../../dev/demo/talk";
import { FORGERIES } from "../../../dev/sandbox/circleci/forgeries";
import { jobClaims } from "../../../dev/sandbox/circleci/job-claims";
import type { PipelineJob } from "../../../dev/sandbox/runner/run-pipeline";
import type { Access, GrantedRefs } from "../../../lib/config/model/model";
import { answerToken } from "../../../lib/explain/answer";
import { ownTarget } from "../../../lib/explain/target";
import { aBucket, aGrant, anAccess, anyRef, aProject, aRole, bob, everyone } from "../../fixtures/access";

/** A preview for everyone from these refs, and alice's deploy. */
export function accessWith(refs: GrantedRefs): Access {
  return anAccess({
    projects: [
      aProject({
        roles: [
          aRole({
            key: "preview",
            name: "website-preview",
            bucket: aBucket({ name: "acme-preview" }),
            grant: aGrant({ people: everyone, refs }),
          }),
          aRole({ bucket: aBucket() }),
        ],
      }),
    ],
  });
}

const access = accessWith(anyRef);

const DENIED = "An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation";

const YES = { allowed: true } as const;
const NO = { allowed: false, code: "AccessDenied", message: "Not authorized" } as const;

/**
 * A talk in which AWS did what the file says, without an AWS: what people see of it is tested on
 * it.
 */
export function aTalk(differences: Partial<Talk> = {}, file: Access = access): Talk {
  const runs = scenariosOf(file).map(replayed);
  const [job] = goodJobs(file);
  if (job === undefined) throw new Error("a file without roles");
  const [yes, no] = [YES, NO];
  const explained = { ours: answer(runs, 0, "deploy"), theirs: answer(runs, 1, "deploy") };
  return {
    access: file,
    runs,
    leftOut: [],
    contents: [
      { bucket: "acme-website", objects: [{ key: "index.html", bytes: 95, text: "alice pushes to main." }] },
      {
        bucket: "acme-preview",
        objects: [
          {
            key: "index.html",
            bytes: 145,
            text: "bob pushes to feature/try-it, with the filters removed from the config.",
          },
        ],
      },
    ],
    used: {
      job,
      unused: bob,
      usage: ["website/deploy: assumed once", "  never used by: bob"],
      diff: "-  people: [publishers, bob]\n+  people: [publishers]",
      isProven: true,
      tries: [
        { person: job.person, before: yes, after: yes },
        { person: bob, before: yes, after: no },
      ],
      call: { before: true, after: true },
    },
    forged: {
      job,
      own: yes,
      tried: FORGERIES.map(({ name, title, code }) => ({
        forgery: { name, title, code },
        answer: { ...no, code },
      })),
    },
    branchPin: {
      job,
      pinned: "refs/heads/main",
      pattern: "org/*/main",
      branch: "feature/vcs-ref/refs/heads/main",
      pushes: [
        {
          person: job.person,
          branch: "feature/vcs-ref/refs/heads/main",
          documented: { answer: yes, explained: explained.ours },
          ours: { answer: no, explained: explained.theirs },
        },
      ],
    },
    breakGlass: {
      job,
      person: bob,
      end: "2026-11-30T10:00:00Z",
      tries: [
        { when: "before", at: "2026-11-30T08:00:00Z", tried: { answer: no, explained: explained.theirs } },
        { when: "open", at: "2026-11-30T08:00:00Z", tried: { answer: yes, explained: explained.ours } },
        {
          when: "last-seconds",
          at: "2026-11-30T09:59:50Z",
          tried: { answer: yes, explained: explained.ours },
        },
        { when: "ended", at: "2026-11-30T10:00:00Z", tried: { answer: no, explained: explained.theirs } },
      ],
    },
    ...differences,
  };
}

/** All that access.yaml allows happened, and nothing else. */
function replayed(scenario: Scenario): Replayed {
  const { project, person, origin, ref } = scenario;
  const token = {
    organization: project.organization.id,
    project: scenario.projectId,
    user: person.id,
    source: { origin, ref: `refs/heads/${ref.name}` },
  };
  const jobs = project.roles.map((role): ReplayedJob => {
    const target = ownTarget({ project, role });
    const found = answerToken(target, jobClaims(token, 0), person.name);
    const explained = answerToken(target, jobClaims({ ...token, version: 1 }, 0), person.name);
    const answer = explained.decision === "allow" ? YES : NO;
    const job = jobOf(role.key, found.decision === "allow");
    return { job, answer: found, v1Token: { answer, explained }, agrees: true };
  });
  return { scenario, jobs };
}

function jobOf(name: string, allowed: boolean): PipelineJob {
  const workflow = "website";
  if (allowed) return { workflow, name, status: "success", result: { status: "success" } };
  return {
    workflow,
    name,
    status: "failed",
    result: { status: "failed", failedStep: "aws-cli/setup", message: DENIED },
  };
}

function answer(runs: readonly Replayed[], run: number, job: string): ReplayedJob["answer"] {
  const found = runs[run]?.jobs.find((one) => one.job.name === job);
  if (found === undefined) throw new Error(`no job ${job}`);
  return found.answer;
}
