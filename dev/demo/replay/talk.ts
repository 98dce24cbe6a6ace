import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Access } from "../../../lib/config/model/model";
import type { Progress } from "../../../lib/programs/progress";
import { issuerOf } from "../../../lib/token/issuer";
import { jobEnvironment } from "../../sandbox/runner/job-environment";
import { createSite } from "../../sandbox/runner/site";
import type { Sandbox } from "../../sandbox/sandbox";
import { type Replayed, replay } from "./replay";
import { scenariosOf } from "./scenarios";
import { showsV1, statusWord, v1Word } from "./words";

interface TalkContext {
  readonly access: Access;
  readonly sandbox: Sandbox;
  readonly progress: Progress;
  /** Does not exist yet. */
  readonly folder: string;
  /** The developer's environment, with the tools' folders on its PATH. */
  readonly env: NodeJS.ProcessEnv;
  /** Receives each run when it ends. */
  readonly onRun: (run: Replayed) => void;
}

/** Replays the talk for any access.yaml: people push, generated pipelines run, AWS decides. */
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
        issuer: issuerOf(scenario.project.organization),
        repository: site.repository,
        commit,
        env,
        folder: own,
        mint: sandbox.circleCi.mint,
        endpoint: sandbox.endpoint,
      });
      report(summary(result));
      return result;
    });
    replayed.push(done);
    context.onRun(done);
  }
  return replayed;
}

/** Such as `preview allowed, deploy denied`; of a fork, by either token. */
function summary(run: Replayed): string {
  return run.jobs
    .map(
      (one) =>
        `${one.job.name} ${statusWord(one.job.status)}${showsV1(run, one) ? `, V1 token ${v1Word(one)}` : ""}`,
    )
    .join(", ");
}
