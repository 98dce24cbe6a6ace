import type { PipelineSource } from "../../../../dev/sandbox/runner/pipeline-values";

/** The pipeline of a push to `main`. */
export const onMain: PipelineSource = {
  branch: "main",
  tag: "",
  revision: "abc123",
  number: 7,
  repository: "https://github.com/acme/website",
  parameters: {},
};
