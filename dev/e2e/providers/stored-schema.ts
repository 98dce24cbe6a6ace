import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { cacheDirectory, writeAtomically } from "../../../lib/programs/cache";
import type { GrpcAnswer } from "./grpc-answer";
import { TYPES_OF_STACKS } from "./schema-of-stacks";

/**
 * The answer of a provider to `GetSchema`, without the types that no stack has. It is asked once
 * for each provider program: it takes a provider three times the CPU time of its start.
 * @param program the provider's program
 * @param ask asks a running one
 */
export async function storedSchema(program: string, ask: () => Promise<GrpcAnswer>): Promise<GrpcAnswer> {
  const { size, mtimeMs } = await stat(program);
  const what = [program, size, mtimeMs, TYPES_OF_STACKS.source].join("\0");
  const name = `${createHash("sha256").update(what).digest("hex").slice(0, 16)}.json`;
  const file = path.join(cacheDirectory(), "provider-schema", name);
  const stored = await readFile(file, "utf8").catch(() => undefined);
  if (stored !== undefined) {
    const { headers, trailers, body } = JSON.parse(stored);
    return { headers, trailers, body: Buffer.from(body, "base64") };
  }
  const answer = await ask();
  if (answer.trailers["grpc-status"] === "0")
    await writeAtomically(file, JSON.stringify({ ...answer, body: answer.body.toString("base64") }));
  return answer;
}
