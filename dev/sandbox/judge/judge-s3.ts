import type { AwsFault } from "../aws-fault";
import type { Exchange, Rewritten } from "../exchange";
import type { Ask } from "./ask";
import { asksForTags } from "./copied-tags";
import type { Asker } from "./decide-ask";
import { deleteMany } from "./delete-many";
import { unnamed } from "./denial";
import type { Judge } from "./judge";
import type { Facts } from "./request-facts";
import { rewriteS3 } from "./rewrite";
import { asksOf, sourceOf } from "./s3-asks";
import { type NamedOperation, nameOperation } from "./s3-operations";

/**
 * Of a call: the fault to answer with, the exchange to go on with, or that it has been answered.
 */
export type Judged = AwsFault | Exchange | "answered";

/** Judges an S3 call of a session or of nobody. */
export async function judgeS3(exchange: Exchange, asker: Asker, facts: Facts, judge: Judge): Promise<Judged> {
  const { call, request } = exchange;
  const { bucket, key, method, query } = call;
  const { refuses } = judge.open(exchange, asker, facts);
  if (isDeleteMany(exchange) && bucket !== undefined)
    return (await deleteMany(exchange, bucket, refuses)) ?? "answered";
  const on = bucket === undefined ? "service" : key === undefined ? "bucket" : "object";
  const named = nameOperation(method, on, query);
  const source = named === undefined ? undefined : sourceOf(named.operation, request.headers);
  if (named === undefined || source === "unreadable") {
    const caller = asker.kind === "session" ? asker.session.arn : undefined;
    return unnamed(
      caller,
      `${method} ${call.path}${named === undefined ? queryNames(query) : " with its copy source"}`,
    );
  }
  const fault =
    (await firstRefusal(asksOf(named, call, request.headers, source), refuses)) ??
    // A part of an object has no tags.
    (source === undefined || named.operation.marks.length > 0
      ? undefined
      : await firstRefusal(await asksForTags(exchange, source), refuses));
  if (fault !== undefined) return fault;
  const quietly = (ask: Ask) => refuses(ask, "quietly");
  return rewriteS3(exchange, named, hidesMissing(source?.bucket ?? readFrom(exchange, named), quietly));
}

async function firstRefusal(
  asks: readonly Ask[],
  refuses: (ask: Ask) => Promise<AwsFault | undefined>,
): Promise<AwsFault | undefined> {
  for (const ask of asks) {
    const fault = await refuses(ask);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function isDeleteMany({ call: { method, bucket, key, query } }: Exchange): boolean {
  const names = [...query.keys()].filter((name) => !/^x-(id|amz-.*)$/i.test(name));
  return method === "POST" && bucket !== undefined && key === undefined && names.join() === "delete";
}

function queryNames(query: URLSearchParams): string {
  const names = [...query.keys()];
  return names.length === 0 ? "" : `?${names.join("&")}`;
}

/** The bucket of the object that an operation reads. */
function readFrom({ call: { bucket } }: Exchange, { operation }: NamedOperation): string | undefined {
  return operation.on === "object" && operation.action === "s3:GetObject" ? bucket : undefined;
}

/**
 * Who may not list a bucket is not told which objects it lacks: 403 in place of 404 (Amazon S3 API
 * Reference, GetObject, "Permissions").
 */
function hidesMissing(
  bucket: string | undefined,
  refuses: (ask: Ask) => Promise<AwsFault | undefined>,
): Rewritten["instead"] {
  if (bucket === undefined) return undefined;
  const list = { action: "s3:ListBucket", resource: `arn:aws:s3:::${bucket}`, bucket };
  return (status) => (status === 404 ? refuses(list) : undefined);
}
