import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { countResources, requireSameResources } from "../../../dev/bench/resources";

const counts = (entries: Readonly<Record<string, number>>) => new Map(Object.entries(entries));

describe("countResources", () => {
  test("counts by stack and type, and skips a stack without resources", () => {
    const outdir = mkdtempSync(path.join(tmpdir(), "bench-resources-"));
    for (const [stack, content] of Object.entries({
      "main-a": { resource: { aws_iam_role: { one: {}, two: {} }, aws_s3_bucket: { one: {} } } },
      "main-b": { resource: { aws_iam_role: { one: {} } } },
      "main-c": { terraform: {} },
    })) {
      mkdirSync(path.join(outdir, "stacks", stack), { recursive: true });
      writeFileSync(path.join(outdir, "stacks", stack, "cdk.tf.json"), JSON.stringify(content));
    }
    expect(countResources(outdir)).toEqual(
      counts({ "main-a/aws_iam_role": 2, "main-a/aws_s3_bucket": 1, "main-b/aws_iam_role": 1 }),
    );
  });
});

describe("requireSameResources", () => {
  const ours = counts({ "main-a/aws_iam_role": 2, "main-a/aws_s3_bucket": 1 });

  test("the order does not matter", () => {
    const theirs = counts({ "main-a/aws_s3_bucket": 1, "main-a/aws_iam_role": 2 });
    expect(() => requireSameResources(ours, theirs)).not.toThrow();
  });

  test.each([
    [
      "fewer resources",
      { "main-a/aws_iam_role": 1, "main-a/aws_s3_bucket": 1 },
      "main-a/aws_iam_role: this project 2, the template 1",
    ],
    ["none of a type", { "main-a/aws_iam_role": 2 }, "main-a/aws_s3_bucket: this project 1, the template 0"],
    [
      "an additional type",
      { "main-a/aws_iam_role": 2, "main-a/aws_s3_bucket": 1, "main-a/aws_sqs_queue": 1 },
      "main-a/aws_sqs_queue: this project 0, the template 1",
    ],
  ])("%s is reported", (_, theirs, found) => {
    expect(() => requireSameResources(ours, counts(theirs))).toThrow(
      expect.objectContaining({ code: "bench-not-the-same", found }),
    );
  });

  test("two empty outputs are an error", () => {
    expect(() => requireSameResources(counts({}), counts({}))).toThrow(
      expect.objectContaining({ code: "bench-not-the-same" }),
    );
  });
});
