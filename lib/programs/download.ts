import { createHash } from "node:crypto";
import { mkdir, open, rm } from "node:fs/promises";
import path from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ProjectError } from "../errors";
import { connectionFailure } from "../http/connection-failure";
import { httpGet } from "../http/http-get";

interface Download {
  readonly url: string;
  readonly file: string;
  /** Expected SHA-256, in lower-case hexadecimal digits. */
  readonly sha256: string;
  readonly env: NodeJS.ProcessEnv;
  readonly report?: (detail: string) => void;
}

/**
 * Downloads a file and keeps it only if its hash is the expected one; otherwise it is deleted.
 * @throws ProjectError `download-failed` (no connection, not 200, broken off),
 * `download-wrong-hash`, and those of `lib/http/connection-failure.ts`
 */
export async function download({ url, file, sha256, env, report }: Download): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const hash = createHash("sha256");
  // Opened before anything can fail: a file that is still being opened would be created after it
  // was removed.
  const handle = await open(file, "w");
  try {
    const response = await httpGet(new URL(url), env);
    if (response.statusCode !== 200) {
      response.resume();
      throw new Error(`the server answered ${response.statusCode}`);
    }
    const total = Number(response.headers["content-length"] ?? 0);
    let received = 0;
    const count = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        received += chunk.length;
        hash.update(chunk);
        report?.(
          total > 0 ? `${megabytes(received)} of ${megabytes(total)} MB` : `${megabytes(received)} MB`,
        );
        done(null, chunk);
      },
    });
    await pipeline(response, count, handle.createWriteStream());
  } catch (cause) {
    await handle.close();
    await rm(file, { force: true });
    throw connectionFailure(cause) ?? failed(url, cause);
  }
  const found = hash.digest("hex");
  if (found === sha256) return;
  await rm(file, { force: true });
  throw new ProjectError({
    code: "download-wrong-hash",
    message: `the file at ${url} has SHA-256 ${found}, expected ${sha256}. The file was deleted and never run.`,
    found,
    fix: "try again; if the hash stays wrong, the mirror or the network alters files: do not use it.",
  });
}

function failed(url: string, cause: unknown): ProjectError {
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
  return new ProjectError({
    code: "download-failed",
    message: `cannot download ${url}: ${reason}.`,
    found: url,
    fix: "check the network and HTTPS_PROXY, then run the same command again.",
    cause,
  });
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
}
