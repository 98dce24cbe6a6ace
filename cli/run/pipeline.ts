import { type PipelineOptions, pipeline } from "../../lib/circleci/pipeline";
import { readAccess } from "../../lib/project/read-access";
import { note, print } from "../../lib/terminal/output";

/** Runs `oidc pipeline`. */
export function runPipeline(options: PipelineOptions): void {
  print(pipeline(readAccess(), options, (warning) => note(`Warning: ${warning}`)));
}
