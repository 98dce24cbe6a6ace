import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { differenceOf } from "../../../lib/deliver/changed-since/same-stack";
import { codeDigest } from "../../../lib/deliver/stacks/code-digest";

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "same-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function stack(name: string, code: object, assets: Readonly<Record<string, string>> = {}): string {
  const at = path.join(folder, name);
  mkdirSync(path.join(at, "assets", "deep"), { recursive: true });
  writeFileSync(path.join(at, "cdk.tf.json"), JSON.stringify(code));
  for (const [file, text] of Object.entries(assets)) writeFileSync(path.join(at, "assets", file), text);
  return at;
}
const difference = (one: object, other: object) => differenceOf(stack("one", one), stack("other", other));
const role = (more: object) => ({ resource: { aws_iam_role: { r: { name: "r", ...more } } } });

test("comments are ignored where Terraform ignores them", () => {
  expect(difference(role({}), role({}))).toBeUndefined();
  expect(difference({ ...role({}), "//": { metadata: { version: "1" } } }, role({}))).toBeUndefined();
  expect(
    difference(role({ "//": { metadata: { stackTrace: ["/a"] } } }), role({ "//": {} })),
  ).toBeUndefined();
  expect(
    difference({ output: { o: { value: 1, "//": 1 } } }, { output: { o: { value: 1 } } }),
  ).toBeUndefined();
});

test("everything else counts", () => {
  expect(difference(role({}), role({ path: "/" }))).toBe("its code differs");
  // The value of a map is no comment: a tag may be called so.
  expect(difference(role({ tags: { "//": "a" } }), role({ tags: {} }))).toBe("its code differs");
  expect(difference({ provider: { aws: [{ "//": 1 }] } }, { provider: { aws: [{}] } })).toBe(
    "its code differs",
  );
  expect(difference({ resource: { aws_iam_role: { "//": {} } } }, { resource: { aws_iam_role: {} } })).toBe(
    "its code differs",
  );
});

test("assets are compared, and are part of the code digest", () => {
  const one = stack("one", {}, { "a.zip": "1", "deep/b": "2" });
  const digest = codeDigest(one);
  expect(differenceOf(one, stack("other", {}, { "a.zip": "1", "deep/b": "2" }))).toBeUndefined();
  expect(codeDigest(path.join(folder, "other"))).toBe(digest);
  expect(differenceOf(one, stack("more", {}, { "a.zip": "1", "deep/b": "2", c: "" }))).toBe(
    "its assets differ",
  );
  expect(differenceOf(one, stack("less", {}, { "a.zip": "1" }))).toBe("its assets differ");
  expect(differenceOf(one, stack("another", {}, { "a.zip": "1", "deep/b": "3" }))).toBe("its assets differ");
  expect(codeDigest(path.join(folder, "another"))).not.toBe(digest);
});

test("a stack that reads another's state is never the same", () => {
  const code = { data: { terraform_remote_state: { identity: {} } } };
  expect(difference(code, code)).toBe("it reads another stack's state");
  expect(difference({ data: { aws_region: {} } }, { data: { aws_region: {} } })).toBeUndefined();
});
