import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Access } from "../../access/model";
import { ProjectError } from "../../errors";
import { jobEnvironment } from "../../sandbox/runner/job-environment";
import { createSite } from "../../sandbox/runner/site";
import type { Sandbox } from "../../sandbox/sandbox";
import type { Progress } from "../../tools/progress";
import { type Replayed, replay } from "./replay";
import { type Scenario, scenariosOf } from "./scenarios";

export interface TalkContext {
  readonly access: Access;
  readonly sandbox: Sandbox;
  readonly progress: Progress;
  /** Does not exist yet. */
  readonly folder: string;
  /** The developer's, with the tools' folders on its PATH. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Replays the talk for whatever access.yaml says: people push, generated pipelines run, AWS decides.
 * @throws ProjectError `demo-differs` if AWS lets in one that access.yaml does not, or the other way round
 */
export async function replayTalk(context: TalkContext): Promise<readonly Replayed[]> {
  const { access, sandbox, progress, folder } = context;
  const env = jobEnvironment(sandbox.environment, context.env);
  await mkdir(folder, { recursive: true });
  const replayed: Replayed[] = [];
  for (const [index, scenario] of scenariosOf(access).entries()) {
    const own = path.join(folder, String(index + 1));
    const done = await progress.step(scenario.title, async (report) => {
      const site = await createSite(path.join(own, "site"), scenario.project.pipeline.publish, env);
      const commit = await site.commit(scenario.ref.name, scenario.person.name, `${scenario.title}.`);
      const result = await replay(scenario, {
        ...{ organization: access.organization.id, repository: site.repository, commit, env },
        ...{ folder: own, mint: sandbox.circleCi.mint },
      });
      report(summary(result));
      return result;
    });
    replayed.push(done);
  }
  const wrong = replayed.flatMap(({ scenario, jobs }) =>
    jobs.filter(({ agrees }) => !agrees).map((one) => differs(scenario, one)),
  );
  if (wrong.length === 0) return replayed;
  throw new ProjectError({
    code: "demo-differs",
    message: `AWS and access.yaml do not agree:\n  ${wrong.join("\n  ")}`,
    found: wrong.join("; "),
    fix: `what each job said is in ${folder}`,
  });
}

/** Such as `preview allowed, deploy denied`. */
function summary({ jobs }: Replayed): string {
  return jobs.map(({ job }) => `${job.name} ${wordFor(job.status)}`).join(", ");
}

/** What a status means for access. */
export function wordFor(status: Replayed["jobs"][number]["job"]["status"]): string {
  return { success: "allowed", failed: "denied", filtered: "not started (filter)", "not-run": "not started" }[
    status
  ];
}

function differs({ title }: Scenario, { job, answer }: Replayed["jobs"][number]): string {
  return `${title}: ${job.name} ${wordFor(job.status)}${job.result?.message === undefined ? "" : ` ("${job.result.message}")`}, and access.yaml says ${answer.decision}: ${answer.reason}`;
}
