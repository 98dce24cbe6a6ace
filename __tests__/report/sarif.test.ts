import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { terraformPlaces } from "../../lib/deliver/publish/terraform-places";
import { reviewSarif } from "../../lib/report/sarif/review-sarif";
import { gateOf } from "../../lib/report/verdict/gate";
import { anAccess } from "../fixtures/access";
import { plan, resource, reviewPlan, role, trustFor } from "../plan/a-plan";
import { anAccessChange, aReview, aStack } from "./a-review";

/** What SARIF 2.1.0 requires of the parts that we write (sections 3.13, 3.14, 3.19, 3.27, 3.49). */
const sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z.tuple([
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.string().min(1),
          rules: z.array(
            z.strictObject({
              id: z.string().min(1),
              shortDescription: z.strictObject({ text: z.string().min(1) }),
              help: z.strictObject({ text: z.string().min(1) }),
              defaultConfiguration: z.strictObject({ level: z.enum(["none", "note", "warning", "error"]) }),
              properties: z.strictObject({
                "security-severity": z.string().regex(/^(?:10|\d)\.\d$/),
                tags: z.array(z.string()),
              }),
            }),
          ),
        }),
      }),
      results: z.array(
        z.strictObject({
          ruleId: z.string(),
          ruleIndex: z.int().min(0),
          level: z.enum(["note", "warning", "error"]),
          message: z.strictObject({ text: z.string().min(1) }),
          locations: z.tuple([
            z.strictObject({
              physicalLocation: z.strictObject({
                artifactLocation: z.strictObject({ uri: z.string().regex(/^[^\\ /][^\\ ]*$/) }),
                region: z.strictObject({ startLine: z.int().min(1) }),
              }),
            }),
          ]),
          partialFingerprints: z.record(z.string(), z.string()),
          suppressions: z
            .array(
              z.strictObject({
                kind: z.enum(["inSource", "external"]),
                status: z.enum(["accepted", "underReview", "rejected"]),
                justification: z.string(),
              }),
            )
            .optional(),
        }),
      ),
    }),
  ]),
});

const somewhere = () => ({ file: "main.tf", line: 3 });
const resultsOf = (
  review: Parameters<typeof reviewSarif>[0],
  accepted: readonly string[] = [],
  placeOf: Parameters<typeof reviewSarif>[2] = somewhere,
) => {
  const [{ tool, results }] = sarif.parse(
    JSON.parse(reviewSarif(review, gateOf(review, [], accepted), placeOf)),
  ).runs;
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  return results;
};

test("a gain is an alert of its class at its line; a loss is none", () => {
  const review = (before: string, after: string) =>
    reviewPlan(plan([role(before, after)]), "main-website", anAccess());
  const [one = trustFor(), everyone = trustFor()] = [trustFor(), trustFor({ people: { kind: "everyone" } })];
  expect(resultsOf(review(one, everyone))[0]).toMatchObject({
    ruleId: "wider-trust",
    level: "warning",
    message: { text: expect.stringContaining("can now assume website-deploy from main") },
    locations: [{ physicalLocation: { artifactLocation: { uri: "main.tf" }, region: { startLine: 3 } } }],
  });
  expect(resultsOf(review(everyone, one))).toEqual([]);
});

test("what is not known is an alert: undetermined, not examined, not planned", () => {
  const review = reviewPlan(
    plan([
      role(trustFor(), "{"),
      resource("aws_cloudformation_stack.x", { actions: ["create"], before: null }),
    ]),
    "main-website",
    anAccess(),
  );
  const leftOut = [{ name: "main-state", reason: "no credentials", isErrored: true as const }];
  expect(resultsOf({ ...review, leftOut }).map(({ ruleId, level }) => [ruleId, level])).toEqual([
    ["not-planned", "error"],
    ["undetermined", "warning"],
    ["not-examined", "warning"],
  ]);
});

test("an accepted change is suppressed, and no other", () => {
  const review = aReview({
    access: [anAccessChange({ id: "broader-1" }), anAccessChange({ id: "broader-2" })],
    stacks: [aStack()],
  });
  expect(resultsOf(review, ["broader-1"]).map(({ suppressions }) => suppressions?.[0]?.status)).toEqual([
    "accepted",
    undefined,
  ]);
});

test("lines are those of cdk.tf.json and of .tf files; else the file of the stack", () => {
  const root = mkdtempSync(path.join(tmpdir(), "places-"));
  const json = {
    resource: { aws_iam_role: { deploy: { name: "a" }, preview: { name: "b" } } },
    data: { aws_iam_policy: { x: {} } },
  };
  mkdirSync(path.join(root, "one"));
  mkdirSync(path.join(root, "two"));
  writeFileSync(path.join(root, "one", "cdk.tf.json"), JSON.stringify(json, null, 2));
  writeFileSync(path.join(root, "two", "main.tf"), 'locals {}\n\nresource "aws_iam_role" "deploy" {\n}\n');
  const placeOf = terraformPlaces((stack) => path.join(root, stack), root, "access.yaml");
  expect(placeOf("one", "aws_iam_role.deploy")).toEqual({ file: "one/cdk.tf.json", line: 4 });
  expect(placeOf("one", 'aws_iam_role.preview["a"]')).toEqual({ file: "one/cdk.tf.json", line: 7 });
  expect(placeOf("one", "module.a.aws_iam_role.deploy")).toEqual({ file: "one/cdk.tf.json", line: 1 });
  expect(placeOf("two", "aws_iam_role.deploy")).toEqual({ file: "two/main.tf", line: 3 });
  expect(placeOf("two", "aws_iam_role.other")).toEqual({ file: "two/main.tf", line: 1 });
  expect(placeOf("three", "aws_iam_role.deploy")).toEqual({ file: "access.yaml", line: 1 });
  rmSync(root, { recursive: true });
});

test("a resource of a local module has the line of the module's file, of another module that of its block", () => {
  const root = mkdtempSync(path.join(tmpdir(), "places-"));
  const write = (file: string, ...lines: readonly string[]) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), `${lines.join("\n")}\n`);
  };
  write(
    "live/main.tf",
    ...['module "site" {', '  source = "../modules/site"', "}", ""],
    ...['module "eks" {', '  source  = "terraform-aws-modules/eks/aws"', '  version = "20.0.0"', "}"],
    ...['module "away" {', '  source = "../../elsewhere"', "}"],
  );
  write("modules/site/main.tf", "# a site", 'module "role" {', '  source = "./role"', "}");
  write("modules/site/role/role.tf", "", 'resource "aws_iam_role" "this" {', "}");
  const json = { module: { site: { source: "../modules/site" } } };
  write("stack/cdk.tf.json", JSON.stringify(json, null, 2));
  const placeOf = terraformPlaces((stack) => path.join(root, stack), root, "access.yaml");
  const role = "module.role.aws_iam_role.this";
  expect(placeOf("live", `module.site["a.b"].${role}[0]`)).toEqual({
    file: "modules/site/role/role.tf",
    line: 2,
  });
  expect(placeOf("stack", `module.site.${role}`)).toEqual({ file: "modules/site/role/role.tf", line: 2 });
  expect(placeOf("live", "module.site.aws_s3_bucket.none")).toEqual({ file: "live/main.tf", line: 1 });
  expect(placeOf("live", "module.eks.aws_iam_role.node")).toEqual({ file: "live/main.tf", line: 5 });
  expect(placeOf("live", "module.away.aws_iam_role.x")).toEqual({ file: "live/main.tf", line: 9 });
  rmSync(root, { recursive: true });
});
