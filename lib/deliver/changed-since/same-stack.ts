import { readFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { sha256OfFile } from "../../project/sha256";
import { assetsIn } from "../stacks/code-digest";

const object = z.record(z.string(), z.unknown());

/**
 * The number of labels between the type of a block and its body (Terraform's JSON
 * syntax, "Nested Block Mapping").
 */
const LABELS: Readonly<Record<string, number>> = {
  resource: 2,
  data: 2,
  output: 1,
  variable: 1,
  module: 1,
};

/**
 * The synthesised stack as Terraform reads it: without cdktf's comments (`//`), in the places where
 * Terraform treats them as comments.
 */
function configurationOf(text: string): unknown {
  const { "//": _, ...blocks } = object.parse(JSON.parse(text));
  return Object.fromEntries(
    Object.entries(blocks).map(([kind, body]) => [kind, withoutComments(body, LABELS[kind])]),
  );
}

function withoutComments(value: unknown, labels: number | undefined): unknown {
  const read = object.safeParse(value);
  if (labels === undefined || !read.success) return value;
  if (labels > 0)
    return Object.fromEntries(
      Object.entries(read.data).map(([name, inner]) => [name, withoutComments(inner, labels - 1)]),
    );
  const { "//": _, ...body } = read.data;
  return body;
}

/**
 * Why two synthesised stacks count as different; undefined: Terraform reads the same from both.
 */
export function differenceOf(folder: string, other: string): string | undefined {
  const [own, theirs] = [folder, other].map((one) =>
    configurationOf(readFileSync(path.join(one, "cdk.tf.json"), "utf8")),
  );
  if (!isDeepStrictEqual(own, theirs)) return "its code differs";
  const digests = (one: string) => assetsIn(one).map((file) => [file, sha256OfFile(path.join(one, file))]);
  if (!isDeepStrictEqual(digests(folder), digests(other))) return "its assets differ";
  // An output of the other stack may be about to change.
  if (readsOtherState(own)) return "it reads another stack's state";
  return undefined;
}

function readsOtherState(configuration: unknown): boolean {
  const data = z.object({ data: object }).safeParse(configuration).data?.data;
  return data !== undefined && "terraform_remote_state" in data;
}
