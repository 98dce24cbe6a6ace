import { z } from "zod";
import type { Access } from "../../../lib/config/model/model";
import { ProjectError } from "../../../lib/errors";
import { run } from "../../../lib/process/run";

interface StoredObject {
  readonly key: string;
  readonly bytes: number;
  /** Its text, without markup. */
  readonly text: string;
}

export interface BucketContents {
  readonly bucket: string;
  readonly objects: readonly StoredObject[];
}

const listSchema = z.object({
  Contents: z.array(z.object({ Key: z.string(), Size: z.number() })).optional(),
});

/**
 * The contents of the roles' buckets, fetched with the AWS CLI.
 * @param env the administrator's
 * @throws ProjectError `demo-step-failed`
 */
export function fetchContents(access: Access, env: NodeJS.ProcessEnv): Promise<readonly BucketContents[]> {
  const buckets = access.projects.flatMap(({ roles }) => roles.flatMap(({ bucket }) => bucket?.name ?? []));
  return Promise.all(
    [...new Set(buckets)].sort().map(async (bucket) => {
      const listed = await aws(["s3api", "list-objects-v2", "--bucket", bucket, "--output", "json"], env);
      const { Contents: found = [] } = listSchema.parse(JSON.parse(listed.trim() || "{}"));
      const objects = await Promise.all(
        found.map(async ({ Key: key, Size: bytes }) => {
          const body = await aws(["s3", "cp", `s3://${bucket}/${key}`, "-"], env);
          return { key, bytes, text: plain(body) };
        }),
      );
      return { bucket, objects };
    }),
  );
}

async function aws(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const { exitCode, stdout, stderr } = await run("aws", args, { env });
  if (exitCode === 0) return stdout;
  throw new ProjectError({
    code: "demo-step-failed",
    message: `aws ${args.join(" ")} failed (${exitCode}): ${stderr.trim()}`,
    found: String(exitCode),
  });
}

/** The page's body: its head is the same on all of them. */
function plain(html: string): string {
  return html
    .replace(/^.*<p>/s, "")
    .replace(/<[^>]*>/g, "")
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .trim();
}
