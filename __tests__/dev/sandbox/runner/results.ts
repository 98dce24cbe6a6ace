import { ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import type { PipelineJob } from "../../../../dev/sandbox/runner/run-pipeline";

/** Each job's name and status, in order. */
export function statuses(jobs: readonly PipelineJob[]): readonly string[] {
  return jobs.map(({ name, status }) => `${name} ${status}`);
}

/** The keys of all objects of a bucket. */
export async function keysIn(s3: S3Client, Bucket: string): Promise<readonly (string | undefined)[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  return Contents.map(({ Key }) => Key);
}
