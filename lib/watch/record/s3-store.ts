import { GetObjectCommand, PutObjectCommand, type S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { credentialsFailure } from "../../aws/caller";
import { ProjectError } from "../../errors";
import { parseRecord, printRecord } from "./record";
import type { RecordStore } from "./store";

interface S3Place {
  readonly bucket: string;
  readonly key: string;
  /** 12 digits: the account of the record and of the bucket. */
  readonly account: string;
}

/**
 * A record in S3, which is written only if nothing wrote it since it was read (S3 User Guide,
 * "Conditional writes").
 */
export function s3Store(s3: S3Client, { bucket, key, account }: S3Place): RecordStore {
  const place = `s3://${bucket}/${key}`;
  const at = { Bucket: bucket, Key: key, ExpectedBucketOwner: account };
  return {
    place,
    read: async () => {
      try {
        const { Body: body, ETag: version } = await s3.send(new GetObjectCommand(at));
        const text = await body?.transformToString();
        if (text === undefined || version === undefined) throw new Error("S3 answered without a body");
        return { record: parseRecord(text, place, account), version };
      } catch (error) {
        if (error instanceof S3ServiceException && error.name === "NoSuchKey") return undefined;
        throw unreachable(place, "read", error);
      }
    },
    write: async (record, over) => {
      try {
        await s3.send(
          new PutObjectCommand({
            ...at,
            Body: printRecord(record),
            ContentType: "application/json",
            ...(over === undefined ? { IfNoneMatch: "*" } : { IfMatch: over.version }),
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof S3ServiceException && CONFLICTS.has(error.name)) return false;
        throw unreachable(place, "written", error);
      }
    },
  };
}

/** 412, and 409 for a write at the same moment; a record that was deleted meanwhile is 404. */
const CONFLICTS: ReadonlySet<string> = new Set([
  "PreconditionFailed",
  "ConditionalRequestConflict",
  "NoSuchKey",
]);

function unreachable(place: string, what: string, cause: unknown): ProjectError {
  if (cause instanceof ProjectError) return cause;
  const unsigned = credentialsFailure(cause);
  if (unsigned !== undefined) return unsigned;
  const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return new ProjectError({
    code: "watch-record-unreachable",
    message: `${place} cannot be ${what}: ${reason}`,
    found: reason,
    fix: "check the credentials: they need s3:GetObject and s3:PutObject on it and s3:ListBucket on the bucket, without which S3 refuses to say that it does not exist; or pass --state FILE",
    cause,
  });
}
