import { XMLParser, XMLValidator } from "fast-xml-parser";
import { z } from "zod";
import { requestMoto } from "../moto/moto-request";
import { type AwsFault, element, s3Element, sendS3Document, unavailable } from "../protocol/aws-fault";
import type { Exchange } from "../protocol/exchange";
import { readSmallBody } from "../protocol/small-body";
import type { RequiredPermission } from "./required-permission";
import { objectArn } from "./s3-permissions";

/** Enough for 1,000 keys of 1,024 bytes, their XML, and the framing of a signed stream. */
const MAX_BODY_BYTES = 4 * 1_024 * 1_024;
const MAX_OBJECTS = 1_000;

const deleteSchema = z.strictObject({
  Delete: z.looseObject({
    Quiet: z.enum(["true", "false"]).optional(),
    Object: z
      .array(
        z.looseObject({
          Key: z.string().min(1),
          VersionId: z.string().min(1).optional(),
        }),
      )
      .min(1)
      .max(MAX_OBJECTS),
  }),
});

interface ObjectToDelete {
  readonly Key: string;
  readonly VersionId?: string | undefined;
}

const parser = new XMLParser({
  ignoreDeclaration: true,
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => name === "Object",
});

/**
 * DeleteObjects: each object is authorized separately. moto deletes the allowed objects, and the
 * response lists the others as errors (Amazon S3 API Reference, DeleteObjects).
 * @returns the error to respond with, if the call was not answered
 */
export async function deleteObjects(
  exchange: Exchange,
  bucket: string,
  refusal: (permission: RequiredPermission) => Promise<AwsFault | undefined>,
): Promise<AwsFault | undefined> {
  const body = await readSmallBody(exchange, MAX_BODY_BYTES).catch(() => undefined);
  // The client has disconnected.
  if (body === undefined) return undefined;
  if (body === "tooLarge") return MALFORMED;
  if (!Buffer.isBuffer(body)) return body;
  const read = readDelete(body.toString("utf8"));
  if (read === undefined) return MALFORMED;
  const allowed: ObjectToDelete[] = [];
  const errors: string[] = [];
  for (const one of read.objects) {
    const { Key: key, VersionId: version } = one;
    const action = version === undefined ? "s3:DeleteObject" : "s3:DeleteObjectVersion";
    const fault = await refusal({ action, resource: objectArn(bucket, key), bucket });
    if (fault === undefined) allowed.push(one);
    // All objects of a missing bucket fail with the same error.
    else if (fault.code === "NoSuchBucket") return fault;
    else errors.push(errorElement(one, fault));
  }
  const answer = allowed.length === 0 ? [] : await deleteAtMoto(exchange, bucket, allowed);
  if ("code" in answer) return answer;
  const inner = [
    ...(read.quiet ? answer.filter((part) => part.startsWith("<Error>")) : answer),
    ...errors,
  ].join("");
  sendS3Document(exchange.response, "DeleteResult", inner);
  return undefined;
}

function readDelete(
  text: string,
): { readonly objects: readonly ObjectToDelete[]; readonly quiet: boolean } | undefined {
  if (XMLValidator.validate(text) !== true) return undefined;
  const read = deleteSchema.safeParse(parser.parse(text));
  if (!read.success) return undefined;
  return { objects: read.data.Delete.Object, quiet: read.data.Delete.Quiet === "true" };
}

/** The elements of moto's response, or the error. */
async function deleteAtMoto(
  { moto }: Exchange,
  bucket: string,
  objects: readonly ObjectToDelete[],
): Promise<readonly string[] | AwsFault> {
  const inner = objects.map(({ Key: key, VersionId: version }) => {
    const ofVersion = version === undefined ? "" : element("VersionId", version);
    return `<Object>${element("Key", key)}${ofVersion}</Object>`;
  });
  const answer = await requestMoto(moto, {
    method: "POST",
    path: `/${encodeURIComponent(bucket)}?delete`,
    service: "s3",
    type: "application/xml",
    body: Buffer.from(s3Element("Delete", inner.join(""))),
  }).catch(() => undefined);
  if (answer?.status === 200) return answer.body.toString("utf8").match(/<(Deleted|Error)>.*?<\/\1>/gs) ?? [];
  return unavailable(moto.ended() ?? `moto answered ${answer?.status ?? "nothing"}`);
}

function errorElement({ Key: key, VersionId: version }: ObjectToDelete, { code, message }: AwsFault): string {
  const ofVersion = version === undefined ? "" : element("VersionId", version);
  return `<Error>${element("Key", key)}${ofVersion}${element("Code", code)}${element("Message", message)}</Error>`;
}

const MALFORMED: AwsFault = {
  status: 400,
  code: "MalformedXML",
  message: "The XML you provided was not well-formed or did not validate against our published schema",
};
