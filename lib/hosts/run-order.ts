import { ProjectError } from "../errors";

/**
 * The order of a project's runs, for `PostOptions.run`: the pipeline number, then the job number. A
 * re-run pipeline keeps its number, so it stays older than the pipelines of later pushes; within
 * one pipeline a later job is newer. CircleCI sets no variable with the pipeline number: the job
 * sets it (`environment: { CIRCLE_PIPELINE_NUMBER: << pipeline.number >> }`). Without it only the
 * job number counts. https://circleci.com/docs/reference/variables/ (`pipeline.number` is unique in
 * a project, `CIRCLE_BUILD_NUM` for each job)
 * @param said value of `--run`; it replaces the environment
 * @throws ProjectError `review-run-unknown`, `review-run` (exit 2)
 */
export function runOrder(env: NodeJS.ProcessEnv, said?: string): readonly number[] {
  if (said !== undefined) return said.split(".").map((part) => whole(part, "--run"));
  const { CIRCLE_BUILD_NUM: job, CIRCLE_PIPELINE_NUMBER: pipeline } = env;
  if (job === undefined || job === "")
    throw new ProjectError({
      code: "review-run-unknown",
      message: "the order of runs is unknown: CIRCLE_BUILD_NUM is not set",
      fix: "outside CircleCI, pass --run with a number that grows with each run",
      exitCode: 2,
    });
  const first = pipeline === undefined || pipeline === "" || pipeline === "<nil>" ? "0" : pipeline;
  return [whole(first, "CIRCLE_PIPELINE_NUMBER"), whole(job, "CIRCLE_BUILD_NUM")];
}

function whole(text: string, name: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new ProjectError({
    code: "review-run",
    message: `${name} is not a whole number: "${text}"`,
    found: text,
    fix: "use a number, or several with dots between them",
    exitCode: 2,
  });
}
