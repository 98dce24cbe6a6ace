import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { fetchFromIssuer } from "../../../../dev/sandbox/circleci/fetch-from-issuer";
import { type LocalCircleCi, startCircleCi } from "../../../../dev/sandbox/circleci/local-circleci";
import { ask } from "../../../../dev/tools/sandbox-support";
import { ALICE, aliceOnMain, ORGANIZATION, PROJECT } from "../test-sandbox";

const ISSUER = `https://oidc.circleci.com/org/${ORGANIZATION}`;
const NOW = Date.UTC(2026, 10, 24);
const OTHER = "11111111-1111-4111-8111-111111111111";
let circleCi: LocalCircleCi;

beforeAll(async () => {
  circleCi = await startCircleCi({ organizations: [ORGANIZATION], now: () => NOW });
});
afterAll(() => circleCi.stop());

async function keySet(organization = ORGANIZATION) {
  const answer = await ask(circleCi.url, "GET", `/org/${organization}/.well-known/jwks-pub.json`, {
    anonymous: true,
  });
  return JSON.parse(answer.body);
}

test("the discovery document has the real issuer and its keys", async () => {
  const path = `/org/${ORGANIZATION}/.well-known/openid-configuration`;
  const { body } = await ask(circleCi.url, "GET", path, { anonymous: true });
  expect(JSON.parse(body)).toMatchObject({
    issuer: ISSUER,
    jwks_uri: `${ISSUER}/.well-known/jwks-pub.json`,
    id_token_signing_alg_values_supported: ["RS256"],
  });
  expect(await fetchFromIssuer(circleCi.url)(`${ISSUER}/.well-known/jwks-pub.json`)).toEqual(await keySet());
});

test("private keys are not published", async () => {
  const { keys } = await keySet();
  expect(keys.map((key: object) => Object.keys(key).sort())).toEqual([
    ["alg", "e", "kid", "kty", "n", "use"],
  ]);
});

test("an unknown organization has no keys, and only CircleCI's URLs are served", async () => {
  const path = "/org/22222222-2222-4222-8222-222222222222/.well-known/jwks-pub.json";
  expect((await ask(circleCi.url, "GET", path, { anonymous: true })).status).toBe(404);
  expect(
    await fetchFromIssuer(circleCi.url)(`${circleCi.url}/org/${ORGANIZATION}/.well-known/jwks-pub.json`),
  ).toBeUndefined();
});

test("a CircleCI Server is served once it has issued a token", async () => {
  const server = "circleci.acme.example";
  const issuer = `https://${server}/org/${ORGANIZATION}`;
  const discovery = `${issuer}/.well-known/openid-configuration`;
  expect(await fetchFromIssuer(circleCi.url, circleCi.servers)(discovery)).toBeUndefined();
  expect(decodeJwt(await circleCi.mint({ ...aliceOnMain, server }))).toMatchObject({ iss: issuer });
  const reach = fetchFromIssuer(circleCi.url, circleCi.servers);
  expect(await reach(discovery)).toMatchObject({ issuer, jwks_uri: `${issuer}/.well-known/jwks-pub.json` });
  expect(await reach(`${issuer}/.well-known/jwks-pub.json`)).toEqual(await keySet());
  expect(await reach(discovery.replace(server, "ci.example.org"))).toBeUndefined();
  expect(await reach(`${ISSUER}/.well-known/openid-configuration`)).toMatchObject({ issuer: ISSUER });
});

test("a V2 token has all claims that CircleCI documents", async () => {
  const ids = { job: OTHER, workflow: OTHER, pipeline: OTHER, pipelineDefinition: OTHER };
  const token = await circleCi.mint({ ...aliceOnMain, ...ids, contexts: [OTHER], sshRerun: true });
  const v1 = `org/${ORGANIZATION}/project/${PROJECT}/user/${ALICE}`;
  expect(decodeProtectedHeader(token)).toEqual({
    alg: "RS256",
    typ: "JWT",
    kid: (await keySet()).keys[0].kid,
  });
  expect(decodeJwt(token)).toEqual({
    iss: ISSUER,
    aud: ORGANIZATION,
    sub: `${v1}/vcs-origin/github.com/acme/website/vcs-ref/refs/heads/main`,
    iat: NOW / 1_000,
    exp: NOW / 1_000 + 3_600,
    "oidc.circleci.com/project-id": PROJECT,
    "oidc.circleci.com/org-id": ORGANIZATION,
    "oidc.circleci.com/job-id": OTHER,
    "oidc.circleci.com/workflow-id": OTHER,
    "oidc.circleci.com/pipeline-id": OTHER,
    "oidc.circleci.com/pipeline-definition-id": OTHER,
    "oidc.circleci.com/context-ids": [OTHER],
    "oidc.circleci.com/ssh-rerun": true,
    "oidc.circleci.com/vcs-origin": "github.com/acme/website",
    "oidc.circleci.com/vcs-ref": "refs/heads/main",
  });
  expect(decodeJwt(await circleCi.mint({ ...aliceOnMain, version: 1 })).sub).toBe(v1);
});

test("a V2 token of a custom webhook has a V1 subject, without origin and ref", async () => {
  const { source, ...webhook } = aliceOnMain;
  const claims = decodeJwt(await circleCi.mint(webhook));
  expect(source).toBeDefined();
  expect(claims.sub).toBe(`org/${ORGANIZATION}/project/${PROJECT}/user/${ALICE}`);
  expect(claims).not.toHaveProperty(["oidc.circleci.com/vcs-ref"]);
  expect(claims).not.toHaveProperty(["oidc.circleci.com/vcs-origin"]);
});

test("a rotation keeps the previous key published, and withdraws older ones", async () => {
  const tokens = [await circleCi.mint({ ...aliceOnMain, organization: OTHER })];
  const verifies = async (token = "") =>
    jwtVerify(token, createLocalJWKSet(await keySet(OTHER)), { currentDate: new Date(NOW) }).then(
      () => "good",
      (error: Error) => error.name,
    );
  await circleCi.issuers.rotate(OTHER);
  tokens.push(await circleCi.mint({ ...aliceOnMain, organization: OTHER }));
  expect(await Promise.all(tokens.map(verifies))).toEqual(["good", "good"]);
  await circleCi.issuers.rotate(OTHER);
  expect(await Promise.all(tokens.map(verifies))).toEqual(["JWKSNoMatchingKey", "good"]);
});

test.each([
  ["invalid JSON", "application/json", "{", 400],
  ["an unknown key", "application/json", JSON.stringify({ ...aliceOnMain, admin: true }), 400],
  [
    "a UUID in upper case",
    "application/json",
    JSON.stringify({ ...aliceOnMain, user: ALICE.toUpperCase() }),
    400,
  ],
  ["a content type that web pages can send", "text/plain", JSON.stringify(aliceOnMain), 415],
  ["a job", "application/json", JSON.stringify(aliceOnMain), 200],
])("POST /token with %s", async (_, type, body, status) => {
  const answer = await ask(circleCi.url, "POST", "/token", {
    anonymous: true,
    headers: { "Content-Type": type },
    body,
  });
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.body)).toHaveProperty(status === 200 ? "token" : "message");
});
