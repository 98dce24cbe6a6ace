import { createServer, type Server } from "node:http";
import { listenOnLoopback } from "../../../dev/sandbox/http/listen";
import { checkCallerOfStacks } from "../../../lib/start/deploy/check-caller";
import { anAccess, anAccount, aProject, aRole } from "../../fixtures/access";

const own = { ...process.env };
const staging = anAccount({ key: "staging" });
const production = anAccount({ key: "production", id: "210987654321" });
const access = anAccess({
  accounts: [production, staging],
  projects: [
    aProject({
      roles: [aRole({ key: "deploy", account: production }), aRole({ key: "try", account: staging })],
    }),
  ],
});

let sts: Server;
let calls = 0;
let status = 200;
const IDENTITY = `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::${staging.id}:user/me</Arn><Account>${staging.id}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;
let body = IDENTITY;

beforeAll(async () => {
  sts = createServer((request, response) => {
    request.resume();
    calls += 1;
    response.statusCode = status;
    response.end(body);
  });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: await listenOnLoopback(sts),
    AWS_ACCESS_KEY_ID: "a",
    AWS_SECRET_ACCESS_KEY: "b",
  });
});

beforeEach(() => {
  calls = 0;
  status = 200;
  body = IDENTITY;
});

afterAll(() => {
  sts.close();
  process.env = own;
});

test.each([[["staging-*"]], [["staging-website", "staging-identity"]]])(
  "%j: the account's credentials are accepted, after one call",
  async (named) => {
    await expect(checkCallerOfStacks("deploy", access, named)).resolves.toBeUndefined();
    expect(calls).toBe(1);
  },
);

test("a stack that access.yaml does not declare needs no credentials", async () => {
  await checkCallerOfStacks("deploy", access, ["other"]);
  expect(calls).toBe(0);
});

test("those of another account are refused", async () => {
  await expect(checkCallerOfStacks("deploy", access, ["production-website"])).rejects.toMatchObject({
    code: "wrong-account",
    found: staging.id,
    message: expect.stringContaining('not to account "production"'),
  });
});

test("stacks of several accounts are refused, with the pattern of the caller's account", async () => {
  await expect(checkCallerOfStacks("diff", access, [])).rejects.toMatchObject({
    code: "wrong-account",
    fix: expect.stringContaining('npm run diff -- "staging-*"'),
  });
});

test("credentials that AWS refuses are named", async () => {
  status = 403;
  body =
    "<ErrorResponse><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code><Message>The security token included in the request is invalid.</Message></Error></ErrorResponse>";
  await expect(checkCallerOfStacks("deploy", access, [])).rejects.toMatchObject({
    code: "no-credentials",
    message: expect.stringContaining("The security token included in the request is invalid."),
  });
});

test("an answer that is not AWS's says nothing about the credentials", async () => {
  status = 403;
  body = "<html><body>Access to this site is blocked.</body></html>";
  await expect(checkCallerOfStacks("deploy", access, [])).rejects.toMatchObject({
    code: "aws-unreachable",
    found: "403",
  });
});
