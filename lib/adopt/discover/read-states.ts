import { GetObjectCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";
import { oidc } from "../../command-name";
import type { Account } from "../../config/model/model";
import { ProjectError } from "../../errors";
import { holderKey, type States } from "../inventory/states";
import { AwsReader } from "./aws-reader";

const stateSchema = z.object({
  version: z.literal(4),
  resources: z.array(
    z.object({
      mode: z.string(),
      type: z.string(),
      name: z.string(),
      instances: z.array(z.object({ attributes: z.object({ id: z.string().optional() }).optional() })),
    }),
  ),
});

const SUFFIX = ".tfstate";

/**
 * Reads every Terraform state in the account's state bucket; without a bucket there is none.
 * @throws ProjectError `states-not-seen`: a state that was not read may manage an object;
 * `state-not-read`
 */
export async function readStates(s3: S3Client, account: Account): Promise<States> {
  const bucket = { Bucket: account.stateBucket, ExpectedBucketOwner: account.id };
  const reader = new AwsReader();
  const keys = await reader.read("ListObjectsV2Command", account.stateBucket, listStates(s3, bucket), [
    "NoSuchBucket",
  ]);
  if (keys === "unset") return { addresses: new Set(), holders: new Map() };
  if (keys === undefined) throw notSeen(account, reader);
  const addresses = new Set<string>();
  const holders = new Map<string, string>();
  for (const key of keys) {
    const text = await reader.read(
      "GetObjectCommand",
      `${account.stateBucket}/${key}`,
      readText(s3, bucket, key),
    );
    if (text === undefined || text === "unset") throw notSeen(account, reader);
    const stack = key.slice(0, -SUFFIX.length);
    for (const { type, name, ids } of resourcesIn(text, key)) {
      const address = `${stack}/${type}.${name}`;
      addresses.add(address);
      for (const id of ids) holders.set(holderKey(type, id), address);
    }
  }
  return { addresses, holders };
}

async function listStates(s3: S3Client, bucket: { readonly Bucket: string }): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { Contents: objects = [] } of paginateListObjectsV2({ client: s3 }, bucket)) {
    keys.push(...objects.flatMap(({ Key: key = "" }) => (key.endsWith(SUFFIX) ? [key] : [])));
  }
  return keys;
}

async function readText(s3: S3Client, bucket: { readonly Bucket: string }, Key: string): Promise<string> {
  const { Body: body } = await s3.send(new GetObjectCommand({ ...bucket, Key }));
  return (await body?.transformToString()) ?? "";
}

function resourcesIn(text: string, key: string) {
  const parsed = stateSchema.safeParse(jsonOf(text));
  if (!parsed.success) {
    throw new ProjectError({
      code: "state-not-read",
      message: `${key} is not a known Terraform state: ${parsed.error.issues[0]?.path.join(".") ?? ""}`,
      found: key,
      fix: "check the objects in the state bucket",
    });
  }
  return parsed.data.resources
    .filter(({ mode }) => mode === "managed")
    .map(({ type, name, instances }) => ({
      type,
      name,
      ids: instances.flatMap(({ attributes }) => attributes?.id ?? []),
    }));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function notSeen({ stateBucket }: Account, { refused }: AwsReader): ProjectError {
  const [first] = refused;
  return new ProjectError({
    code: "states-not-seen",
    message: `cannot read the Terraform state in ${stateBucket} (${first?.call ?? ""} on ${first?.object ?? ""}: ${first?.code ?? ""}), which may already manage the objects to adopt`,
    found: stateBucket,
    fix: `grant the caller the policy printed by: ${oidc("adopt")} --print-policy`,
  });
}
