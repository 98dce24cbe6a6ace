import { uploadSteps } from "../../lib/circleci/upload";
import type { Upload } from "../../lib/config/model/pipeline-model";
import { aBucket, aRole } from "../fixtures/access";

const withBucket = aRole({ bucket: aBucket({ name: "acme-website" }) });
const commandsOf = (upload: Upload | undefined): readonly unknown[] =>
  uploadSteps(withBucket, "dist", upload).map((step) =>
    typeof step === "object" && "run" in step ? step.run.command : step,
  );
const plain: Upload = { delete: false, exclude: [], cache: [] };

test("a folder without options", () => {
  expect(commandsOf(undefined)).toEqual(["aws s3 sync dist s3://acme-website"]);
});

test("nothing is uploaded by a role without a bucket", () => {
  expect(uploadSteps(aRole(), "dist", { ...plain, delete: true })).toEqual([]);
});

test("excluded files are not deleted either", () => {
  expect(commandsOf({ ...plain, delete: true, exclude: ["*.map", "it's"] })).toEqual([
    "aws s3 sync dist s3://acme-website --exclude '*.map' --exclude 'it'\\''s' --delete",
  ]);
});

test("each file has the header of the first pattern that matches it", () => {
  const cache = [
    { files: "assets/*", control: "public, max-age=31536000, immutable" },
    { files: "*.html", control: "no-cache" },
  ];
  expect(commandsOf({ ...plain, cache })).toEqual([
    `aws s3 sync dist s3://acme-website --exclude "*" --include 'assets/*' --cache-control 'public, max-age=31536000, immutable'`,
    `aws s3 sync dist s3://acme-website --exclude "*" --include '*.html' --exclude 'assets/*' --cache-control no-cache`,
    `aws s3 sync dist s3://acme-website --exclude 'assets/*' --exclude '*.html'`,
  ]);
});

describe("below the name of the branch", () => {
  const upload: Upload = { ...plain, prefix: "branch", delete: true };
  const expand = "${CIRCLE_BRANCH:-.tags/${CIRCLE_TAG:?}}";

  test("files are uploaded and deleted there, and the address is printed", () => {
    expect(commandsOf(upload)).toEqual([
      `aws s3 sync dist "s3://acme-website/${expand}/" --delete`,
      `echo "s3://acme-website/${expand}/"`,
    ]);
    expect(
      commandsOf({ ...upload, delete: false, cache: [{ files: "*.html", control: "no-cache" }] }),
    ).toEqual([
      `aws s3 sync dist "s3://acme-website/${expand}/" --exclude "*" --include '*.html' --cache-control no-cache`,
      `aws s3 sync dist "s3://acme-website/${expand}/" --exclude '*.html'`,
      `echo "s3://acme-website/${expand}/"`,
    ]);
  });
});

test("files to delete are determined last, among all files", () => {
  const cache = [{ files: "*.html", control: "no-cache" }];
  expect(commandsOf({ delete: true, exclude: ["*.map"], cache })).toEqual([
    `aws s3 sync dist s3://acme-website --exclude "*" --include '*.html' --exclude '*.map' --cache-control no-cache`,
    `aws s3 sync dist s3://acme-website --exclude '*.map' --delete`,
  ]);
});
