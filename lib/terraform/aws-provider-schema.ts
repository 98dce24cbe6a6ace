import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Terraform } from "./terraform";
import { awsProviderAlone } from "./versions";

/**
 * The schema of a version of the AWS provider, as `terraform providers schema -json` prints it: 14
 * MB, in about 3 s.
 * @throws ProjectError `terraform-failed`
 */
export async function awsProviderSchema(terraform: Terraform, version: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "provider-schema-"));
  try {
    await writeFile(path.join(folder, "main.tf.json"), awsProviderAlone(version));
    await terraform.init(folder);
    return await terraform.providersSchema(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
