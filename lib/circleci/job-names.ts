import type { Project } from "../config/model/model";
import { ProjectError } from "../errors";

/**
 * A role's key that is also the word for one of the jobs that run Terraform would take that job's
 * place.
 * @throws ProjectError `pipeline-clash` (exit 2)
 */
export function requireDifferentNames(jobs: readonly { readonly name: string }[], { key }: Project): void {
  const seen = new Set<string>();
  for (const { name } of jobs) {
    if (seen.has(name)) {
      throw new ProjectError({
        code: "pipeline-clash",
        message: `${key}: two jobs of its pipeline would be called "${name}"`,
        found: name,
        fix: "give the role another key",
        exitCode: 2,
      });
    }
    seen.add(name);
  }
}
