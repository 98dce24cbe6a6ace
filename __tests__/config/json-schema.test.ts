import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import { parse } from "yaml";
import { accessJsonSchema } from "../../lib/config/schema/schema";
import { accepted, fileOf, fileWithRole, ids, refusals, roleWith } from "./sample";

const root = path.join(__dirname, "..", "..");
const committed = readFileSync(path.join(root, "access.schema.json"), "utf8");
const example = readFileSync(path.join(root, "access.yaml"), "utf8");
const validate = new Ajv({
  allErrors: true,
  strict: true,
  strictTypes: false,
  strictRequired: false,
}).compile(JSON.parse(committed));

test("the committed schema is the generated one: if not, `npm run schema`", () => {
  expect(committed).toBe(accessJsonSchema());
});

test("its id is the same in every version: the address of the published file", () => {
  expect(JSON.parse(committed).$id).toBe("https://unpkg.com/cdktf-circleci-oidc/access.schema.json");
});

test("the example is valid, and links the schema for editors", () => {
  expect(validate(parse(example))).toBe(true);
  expect(example.split("\n")[0]).toBe("# yaml-language-server: $schema=./access.schema.json");
});

test("every property has a description for editors", () => {
  const silent: string[] = [];
  const visit = (schema: unknown, where: string): void => {
    if (typeof schema !== "object" || schema === null) return;
    for (const [key, inner] of Object.entries(schema)) {
      if (key === "properties") {
        for (const [name, property] of Object.entries<{ description?: string; const?: string }>(inner)) {
          if (!property.description && property.const === undefined) silent.push(`${where}.${name}`);
        }
      }
      visit(inner, `${where}.${key}`);
    }
  };
  visit(JSON.parse(committed), "");
  expect(silent).toEqual([]);
});

const valid = [
  fileOf(),
  roleWith(
    "session: 3600, tags: ['v*'], bucket: { name: acme-x, keepVersionsDays: 1 }, awsTags: { Team: x }",
  ),
  fileWithRole("{ people: everyone, branches: any, bucket: acme-x }"),
  fileWithRole("{ people: everyone, branches: any, tokensWithoutOrigin: true }"),
  fileWithRole("{ people: everyone, branches: any, tokensWithoutOrigin: false }"),
  fileWithRole("{ people: everyone, branches: [main], tokensWithoutOrigin: false }"),
  roleWith(
    "statements: [{ Effect: Allow, Action: ['s3:Get*'], NotResource: '*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } }]",
  ),
  roleWith(
    "name: x, path: /a/, description: x, policies: ['arn:aws:iam::aws:policy/A'], permissionsBoundary: 'arn:aws:iam::123456789012:policy/B'",
  ),
  fileWithRole("{ people: [alice], branches: [main, 'release/*', '*', x/y.z, ünï] }"),
];

test.each(valid)("what the program accepts, editors accept too: %s", (text) => {
  accepted(text);
  validate(parse(text));
  expect(validate.errors).toBeNull();
});

test.each([
  ["unknown key", roleWith("brnches: any")],
  ["missing key", fileWithRole("{ branches: any }")],
  ["neither branches nor tags", fileWithRole("{ people: everyone }")],
  ["tags together with `any`", fileWithRole("{ people: everyone, branches: any, tags: [v1] }")],
  [
    "tokens without an origin and branches",
    fileWithRole("{ people: everyone, branches: [main], tokensWithoutOrigin: true }"),
  ],
  [
    "tokens without an origin and tags",
    fileWithRole("{ people: everyone, tags: [v1], tokensWithoutOrigin: true }"),
  ],
  ["word instead of true", fileWithRole("{ people: everyone, branches: any, tokensWithoutOrigin: any }")],
  ["number for an account id", fileOf().replace('"123456789012"', "123456789012")],
  ["upper-case UUID", fileOf({ people: `{ alice: ${ids.alice.toUpperCase()} }` })],
  ["empty people", fileOf({ people: "{}" })],
  ["empty list", fileWithRole("{ people: [], branches: any }")],
  ["listed twice", fileWithRole("{ people: [alice, alice], branches: any }")],
  ["word instead of a list", fileWithRole("{ people: alice, branches: any }")],
  ["star inside", fileWithRole("{ people: everyone, branches: ['a*b'] }")],
  ["full ref", fileWithRole("{ people: everyone, branches: [refs/heads/main] }")],
  ["session", roleWith("session: 60")],
  ["bucket name", roleWith("bucket: Acme")],
  ["project key", fileWithRole("{ people: everyone, branches: any }").replace("website:", "1st:")],
  [
    "repository URL",
    fileWithRole("{ people: everyone, branches: any }").replace("github.com/", "https://github.com/"),
  ],
  ["Principal", roleWith("statements: [{ Effect: Allow, Action: '*', Resource: '*', Principal: '*' }]")],
  [
    "both Action and NotAction",
    roleWith("statements: [{ Effect: Allow, Action: '*', NotAction: '*', Resource: '*' }]"),
  ],
  [
    "boolean in a condition",
    roleWith(
      "statements: [{ Effect: Allow, Action: '*', Resource: '*', Condition: { Bool: { 'aws:x': true } } }]",
    ),
  ],
])("what editors mark as an error, the program rejects: %s", (_, text) => {
  expect(validate(parse(text))).toBe(false);
  expect(refusals(text)).not.toEqual([]);
});
