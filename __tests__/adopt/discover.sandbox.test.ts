import { createServer } from "node:http";
import { Socket } from "node:net";
import {
  AttachRolePolicyCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
} from "@aws-sdk/client-iam";
import { CreateBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import { passOn } from "../../dev/e2e/gate";
import { closeServer, listenOnLoopback } from "../../dev/sandbox/http/listen";
import { s3Client } from "../../dev/tools/sandbox-support";
import { discover } from "../../lib/adopt/discover/discover";
import { READ_ACTIONS, readPolicyDocument } from "../../lib/adopt/discover/read-calls";
import { type ReadClients, readClients } from "../../lib/adopt/discover/read-clients";
import { readStates } from "../../lib/adopt/discover/read-states";
import type { Inventory } from "../../lib/adopt/inventory/inventory";
import { accessFromText } from "../../lib/config/load";
import { WATCH_RECORD_KEY } from "../../lib/config/rules/watch-record";
import { printPolicy } from "../../lib/iam/language/document";
import { inlinePolicies } from "../../lib/iam/write/inline-policies";
import { LIVE_ACTIONS } from "../../lib/live/read/live-calls";
import { readAccount } from "../../lib/live/read/read-account";
import { recordAfter } from "../../lib/watch/record/record";
import { s3Store } from "../../lib/watch/record/s3-store";
import { HOST, ORGANIZATION, policy, TestSandbox, trustAlice } from "../dev/sandbox/test-sandbox";
import { anAccount } from "../fixtures/access";

const account = anAccount();
const BUCKET_ARN = "arn:aws:s3:::acme-logs";
const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: `${BUCKET_ARN}/*` };

const WATCHED = `organization: { id: ${ORGANIZATION} }
accounts: { main: { id: "123456789012", region: us-east-1, state: { bucket: ${account.stateBucket} } } }
people: { alice: 0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01 }
projects:
  website:
    id: 77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03
    repository: github.com/acme/website
    roles:
      deploy: { people: [alice], branches: [main], bucket: acme-logs }
      gone: { people: [alice], branches: [main], bucket: acme-gone }
      watch: { people: [alice], branches: [main], terraform: watch }
`;

const world = new TestSandbox();
const all: ReadClients[] = [];
let s3: S3Client;

beforeAll(async () => {
  await world.start();
  s3 = s3Client(world.sandbox);
  await s3.send(new CreateBucketCommand({ Bucket: "acme-logs" }));
  await s3.send(new CreateBucketCommand({ Bucket: account.stateBucket }));
  await world.iam.send(
    new CreateOpenIDConnectProviderCommand({ Url: "https://oidc.circleci.com", ClientIDList: ["a"] }),
  );
  await world.iam.send(
    new CreateOpenIDConnectProviderCommand({
      Url: "https://oidc.circleci.com/org/11111111-2222-4333-8444-555555555555",
      ClientIDList: ["a"],
    }),
  );
  await world.iam.send(
    new CreateOpenIDConnectProviderCommand({ Url: "https://example.com", ClientIDList: ["a"] }),
  );
  const { Policy: managed } = await world.iam.send(
    new CreatePolicyCommand({ PolicyName: "logs", Path: "/ci/", PolicyDocument: policy(statement) }),
  );
  await world.createRole("deploy", policy({ ...statement, Resource: "*" }));
  await world.iam.send(new AttachRolePolicyCommand({ RoleName: "deploy", PolicyArn: managed?.Arn ?? "" }));
  await world.iam.send(
    new CreateRoleCommand({
      RoleName: "service",
      AssumeRolePolicyDocument: policy({
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
      }),
    }),
  );
  await world.createRole("reader", JSON.stringify(readPolicyDocument(`arn:aws:s3:::${account.stateBucket}`)));
});

afterAll(async () => {
  for (const clients of all) clients.close();
  s3?.destroy();
  await world.stop();
});

/** What a role sees. */
async function clientsAs(role: string, endpoint = world.sandbox.endpoint): Promise<ReadClients> {
  const { Credentials: keys } = await world.assume(`arn:aws:iam::123456789012:role/${role}`);
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "" } = keys ?? {};
  const sessionToken = keys?.SessionToken ?? "";
  const clients = readClients("us-east-1", {
    endpoint,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
  });
  all.push(clients);
  return clients;
}

function look(clients: ReadClients): Promise<Inventory> {
  return discover(clients, { account, issuers: [{ organization: ORGANIZATION }], buckets: [], declared: [] });
}

test("the printed policy allows every call that adopt makes, and nothing else", async () => {
  const clients = await clientsAs("reader");
  world.decisions.length = 0;
  const found = await look(clients);
  await readStates(clients.s3, account);
  expect(found.unseen).toEqual([]);
  expect(found.providers.map(({ url, kind }) => [url, kind])).toEqual([
    ["https://oidc.circleci.com", "shared-issuer"],
    ["https://oidc.circleci.com/org/11111111-2222-4333-8444-555555555555", "other-organization"],
    [`https://${HOST}`, "own"],
  ]);
  // Other tests make roles of their own.
  const isOwn = (name: string): boolean => !name.startsWith("without-");
  expect(found.roles.map(({ name }) => name).filter(isOwn)).toEqual(["deploy", "reader"]);
  expect(found.roles[0]).toMatchObject({
    path: "/",
    sessionSeconds: 3600,
    attached: ["arn:aws:iam::123456789012:policy/ci/logs"],
    inline: [{ name: "inline", document: policy({ ...statement, Resource: "*" }) }],
    tags: {},
  });
  expect(found.roles[0]).not.toHaveProperty("description");
  expect(JSON.parse(found.roles[0]?.trust ?? "")).toEqual(trustAlice);
  expect(found.policies).toEqual([
    {
      arn: "arn:aws:iam::123456789012:policy/ci/logs",
      name: "logs",
      path: "/ci/",
      document: policy(statement),
    },
  ]);
  expect(found.buckets.map(({ name, pointedAtBy }) => [name, pointedAtBy.filter(isOwn)])).toEqual([
    ["acme-logs", ["deploy"]],
  ]);
  const asked = new Set(world.decisions.map(({ action }) => action));
  expect(asked.size).toBeGreaterThan(15);
  for (const action of asked) expect(READ_ACTIONS).toContain(action);
  for (const action of asked) expect(action).toMatch(/^(?:iam|s3):(?:Get|List)/);
});

test.each([
  ["s3:GetBucketWebsite", "acme-logs", (found: Inventory) => found.buckets],
  ["s3:GetBucketPolicy", "acme-logs", (found: Inventory) => found.buckets],
  ["iam:GetRole", "deploy", (found: Inventory) => found.roles],
  ["iam:GetAccountAuthorizationDetails", "all roles", (found: Inventory) => found.roles],
  ["iam:ListOpenIDConnectProviders", "all providers", (found: Inventory) => found.providers],
])(
  "without %s, what could not be read is reported, and incomplete objects are omitted",
  async (action, object, part) => {
    const name = `without-${action.replace(":", "-")}`;
    await world.createRole(
      name,
      policy({ Effect: "Allow", Action: READ_ACTIONS.filter((one) => one !== action), Resource: "*" }),
    );
    const found = await look(await clientsAs(name));
    expect(found.unseen).toContainEqual({
      call: action,
      object,
      code: expect.stringMatching(/AccessDenied/),
    });
    expect(part(found)).not.toContainEqual(expect.objectContaining({ name: object }));
    if (/^all /.test(object)) expect(part(found)).toEqual([]);
    await world.iam.send(new DeleteRoleCommand({ RoleName: name })).catch(() => undefined);
  },
);

test("the role that watches may make every call of watch, and makes no other", async () => {
  const access = accessFromText(WATCHED, "access.yaml");
  const [main] = access.accounts;
  const watch = access.projects[0]?.roles.find(({ key }) => key === "watch");
  const [policyOfWatch] = watch === undefined ? [] : inlinePolicies(watch);
  if (main === undefined || policyOfWatch === undefined)
    throw new Error("an account and a role that watches");
  await world.createRole("without-adopt", printPolicy(policyOfWatch.document));
  const clients = await clientsAs("without-adopt");
  world.decisions.length = 0;
  const found = await readAccount(clients, access, main);
  expect(found.refused).toEqual([]);
  expect([...found.buckets]).toEqual([
    ["acme-terraform-state", {}],
    ["acme-logs", {}],
    ["acme-gone", undefined],
  ]);
  expect(found.roles.map(({ name }) => name)).toContain("deploy");
  const asWatch = await world.s3As("arn:aws:iam::123456789012:role/without-adopt");
  const store = s3Store(asWatch, { bucket: account.stateBucket, key: WATCH_RECORD_KEY, account: main.id });
  expect(await store.read()).toBeUndefined();
  const told = { account: main.id, at: "2026-11-30T03:00:00Z", told: [], observed: {}, isPartial: false };
  const record = recordAfter(undefined, { ...told, assumptionsUntil: undefined });
  expect(await store.write(record, undefined)).toBe(true);
  // Another run wrote it: neither a first record nor one over an older version is written.
  expect(await store.write(record, undefined)).toBe(false);
  const stored = await store.read();
  expect(stored?.record).toEqual(record);
  expect(await store.write(record, { record, version: '"other"' })).toBe(false);
  expect(await store.write(record, stored)).toBe(true);
  asWatch.destroy();
  const asked = [...new Set(world.decisions.map(({ action }) => action))]
    .filter((one) => !/^sts:/.test(one ?? ""))
    .sort();
  expect(asked).toEqual([...LIVE_ACTIONS, "s3:GetObject", "s3:PutObject"].sort());
});

test("the client of adopt sends no request that changes anything", async () => {
  const clients = await clientsAs("reader");
  world.decisions.length = 0;
  const tries = [
    async () => clients.iam.send(new DeleteRoleCommand({ RoleName: "deploy" })),
    async () => clients.s3.send(new CreateBucketCommand({ Bucket: "acme-new" })),
  ];
  for (const attempt of tries)
    await expect(attempt()).rejects.toThrow(/^(?:Delete|Create)\w+ is not a call of this command/);
  expect(world.decisions).toEqual([]);
});

/** IAM Query API, "Common errors". */
const THROTTLED =
  "<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>";

test("throttled calls are retried, and nothing is missing", async () => {
  const refused = new Map<string, number>();
  const server = createServer((request, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      const body = Buffer.concat(parts);
      const key = `${request.method} ${request.url} ${new URLSearchParams(body.toString()).get("Action") ?? ""}`;
      const count = refused.get(key) ?? 0;
      refused.set(key, count + 1);
      if (count < 1 && request.method === "POST") {
        response.writeHead(400, { "content-type": "text/xml" }).end(THROTTLED);
        return;
      }
      const seen = { method: request.method ?? "", path: request.url ?? "", body: body.toString() };
      const answer = await passOn(world.sandbox.endpoint, seen, request.headers, body);
      response.writeHead(answer.status, answer.headers).end(answer.body);
    })();
  });
  const endpoint = await listenOnLoopback(server);
  try {
    const found = await look(await clientsAs("reader", endpoint));
    expect([found.unseen, found.roles.map(({ name }) => name), found.buckets.length]).toEqual([
      [],
      expect.arrayContaining(["deploy", "reader"]),
      1,
    ]);
    const asked = [...refused].filter(([key]) => key.startsWith("POST"));
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.every(([, count]) => count >= 2)).toBe(true);
  } finally {
    await closeServer(server);
  }
});

test("an unreachable endpoint is an error at once, not an empty account", async () => {
  const clients = readClients("us-east-1", {
    endpoint: "http://127.0.0.1:9",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  });
  all.push(clients);
  const connects = jest.spyOn(Socket.prototype, "connect");
  await expect(look(clients)).rejects.toMatchObject({
    code: "aws-not-asked",
    message: expect.stringContaining("ECONNREFUSED"),
  });
  // Ten attempts, with longer and longer waits between them, would look like a hang.
  expect(connects.mock.calls).toHaveLength(1);
  connects.mockRestore();
});
