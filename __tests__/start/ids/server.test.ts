import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { circleciApi } from "../../../lib/circleci/api/base-url";
import { serverFor } from "../../../lib/start/ids/server";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "server-"));
  file = path.join(folder, "access.yaml");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function apiOf(text: string, more: NodeJS.ProcessEnv = {}): string {
  writeFileSync(file, text);
  const env = { OIDC_ACCESS_FILE: file, ...more };
  return circleciApi(env, serverFor(env).server);
}

test("a CircleCI Server in access.yaml is the one that is asked, in a file that is not complete yet", () => {
  expect(apiOf("organization: { server: ci.acme.example }\n")).toBe("https://ci.acme.example/api/v2");
  expect(apiOf("organization: { id: x }\n")).toBe("https://circleci.com/api/v2");
});

test("several organizations at one host are asked there; at two, CIRCLE_URL decides", () => {
  const server = "{ server: ci.acme.example }";
  expect(apiOf(`organizations: { acme: ${server}, partner: ${server} }\n`)).toBe(
    "https://ci.acme.example/api/v2",
  );
  const two = `organizations: { acme: ${server}, partner: { id: x } }\n`;
  expect(apiOf(two, { CIRCLE_URL: "https://circleci.com" })).toBe("https://circleci.com/api/v2");
});

test("the environment takes precedence, and the file is not read then", () => {
  const more = { CIRCLE_HOST: "other.acme.example" };
  expect(apiOf("organization: { server: ci.acme.example", more)).toBe("https://other.acme.example/api/v2");
});

test("without a file it is circleci.com", () => {
  expect(serverFor({ OIDC_ACCESS_FILE: path.join(folder, "none.yaml") })).toEqual({});
});

test.each([
  ["no YAML: its server is unknown", "organization: { server: ci.acme.example", {}],
  [
    "another form of server",
    "organization: { server: 'https://me:secret@ci.acme.example' }",
    { code: "circleci-url" },
  ],
  [
    "organizations at two hosts",
    "organizations: { acme: { id: x }, partner: { server: ci.partner.example } }",
    { code: "circleci-url" },
  ],
  ["a list", "organization: { server: [ci.acme.example] }", { code: "circleci-url" }],
])("a token is not sent anywhere with %s", (_what, text, error) => {
  expect(() => apiOf(text)).toThrow(expect.objectContaining({ exitCode: 2, ...error }));
});
