import { GetObjectCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { credentialsFailure } from "../../aws/caller";
import { createS3Client } from "../../aws/clients";
import { ProjectError } from "../../errors";
import { wrongCall } from "../../project/unknown-name";
import { orderOf } from "./list-files";
import type { LogFile } from "./read-file";
import type { LogFiles, NotCounted } from "./read-logs";

/** CloudTrail's files are far smaller: it writes one about every five minutes. */
const MAX_BYTES = 256 * 1024 * 1024;
const PLACE = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/;

interface Listed {
  readonly key: string;
  readonly bytes: number;
}

/**
 * The log files below a place in S3, by ListObjectsV2 and GetObject and nothing else. Each is
 * downloaded when it is its turn.
 * @param place `s3://BUCKET/PREFIX`
 * @param since ISO 8601; files of the days before are left out by the times in their names
 * @throws ProjectError `wrong-call` (exit 2), `usage-bucket-not-read`
 */
export async function listBucket(place: string, since: string | undefined): Promise<LogFiles> {
  const [, bucket, prefix = ""] = PLACE.exec(place) ?? [];
  if (bucket === undefined)
    throw wrongCall(`${place} is not a place in S3`, "write it as s3://BUCKET/PREFIX");
  const client = createS3Client({ followRegionRedirects: true });
  const listed: Listed[] = [];
  let token: string | undefined;
  do {
    const page = await client
      .send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }))
      .catch((error: unknown) => {
        throw notRead(place, error);
      });
    for (const { Key: key = "", Size: bytes = 0 } of page.Contents ?? [])
      if (/\.(?:json|gz)$/.test(key) && !isBefore(key, since)) listed.push({ key, bytes });
    token = page.NextContinuationToken;
  } while (token !== undefined);
  listed.sort((one, other) => (orderOf(one.key) < orderOf(other.key) ? -1 : 1));
  const notDownloaded: NotCounted[] = [];
  return {
    files: downloads(client, bucket, listed, notDownloaded),
    count: listed.length,
    bytes: listed.reduce((sum, { bytes }) => sum + bytes, 0),
    notDownloaded,
  };
}

/** CloudTrail names a file by the time of its delivery, which is after that of its events. */
function isBefore(key: string, since: string | undefined): boolean {
  const [, year, month, day] = /_(\d{4})(\d{2})(\d{2})T\d{4}Z_/.exec(key) ?? [];
  return since !== undefined && year !== undefined && `${year}-${month}-${day}` < since.slice(0, 10);
}

/** One after the other; the next is asked for while this one is read. */
async function* downloads(
  client: S3Client,
  bucket: string,
  listed: readonly Listed[],
  notDownloaded: NotCounted[],
): AsyncIterable<LogFile> {
  const AHEAD = 8;
  const download = async ({ key, bytes }: Listed): Promise<LogFile | undefined> => {
    const name = `s3://${bucket}/${key}`;
    if (bytes > MAX_BYTES) {
      notDownloaded.push({ name, reason: "larger than 256 MB: download it, and name the file" });
      return undefined;
    }
    try {
      const { Body: body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      const content = await body?.transformToByteArray();
      if (content === undefined) throw new Error("S3 answered without a body");
      return { name, from: { bytes: content } };
    } catch (error) {
      notDownloaded.push({ name, reason: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  };
  const ahead: Promise<LogFile | undefined>[] = [];
  const left = [...listed].reverse();
  try {
    while (left.length + ahead.length > 0) {
      for (let next = left.at(-1); next !== undefined && ahead.length < AHEAD; next = left.at(-1)) {
        left.pop();
        ahead.push(download(next));
      }
      const file = await ahead.shift();
      if (file !== undefined) yield file;
    }
  } finally {
    client.destroy();
  }
}

function notRead(place: string, cause: unknown): ProjectError {
  if (cause instanceof ProjectError) return cause;
  const unsigned = credentialsFailure(cause);
  if (unsigned !== undefined) return unsigned;
  // The SDK's words where neither AWS_REGION nor the profile names one.
  const isRegionMissing = cause instanceof Error && cause.message === "Region is missing";
  const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return new ProjectError({
    code: "usage-bucket-not-read",
    message: `${place} cannot be listed: ${isRegionMissing ? "no AWS region is set" : reason}`,
    found: place,
    fix: isRegionMissing
      ? "set AWS_REGION to any region: S3 redirects to the bucket's own"
      : "check the bucket's name and the credentials; they need s3:ListBucket and s3:GetObject",
    cause,
  });
}
