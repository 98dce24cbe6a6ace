import { parseImports, printImports } from "../../../lib/adopt/imports/imports-file";

const file = {
  version: 1,
  import: {
    main: {
      "main-website": {
        "aws_iam_role.deploy": "ci-deploy",
        "aws_iam_role_policies_exclusive.deploy_only_these_inline": "ci-deploy",
      },
    },
  },
  forget: { main: { "main-old": ["aws_iam_role.a", "aws_iam_role.b"] } },
};

function refused(value: unknown): unknown {
  try {
    parseImports(typeof value === "string" ? value : JSON.stringify(value), "imports.json");
    return undefined;
  } catch (error) {
    return error;
  }
}

test("a printed file is read back unchanged and sorted", () => {
  const text = `${JSON.stringify(file, null, 2)}\n`;
  expect(printImports(parseImports(text, "imports.json"))).toBe(text);
});

test.each([
  ["invalid JSON", "{"],
  ["another version", { ...file, version: 2 }],
  ["an unknown key", { ...file, more: {} }],
  ["a missing key", { version: 1, import: {} }],
  ["an invalid address", { ...file, import: { main: { s: { "module.x.aws_iam_role.y[0]": "z" } } } }],
  ["an empty id", { ...file, import: { main: { s: { "aws_iam_role.y": "" } } } }],
  ["an empty list", { ...file, forget: { main: { s: [] } } }],
])("%s is rejected", (_, value) => {
  expect(refused(value)).toMatchObject({ code: "imports-not-read", exitCode: 2 });
});

test("one object at two addresses is rejected; one role's name in several resource types is accepted", () => {
  const twice = { "main-a": { "aws_iam_role.x": "ci" }, "main-b": { "aws_iam_role.y": "ci" } };
  expect(refused({ ...file, import: { main: twice } })).toMatchObject({
    code: "imported-twice",
    found: "ci",
  });
  expect(refused(file)).toBeUndefined();
});
