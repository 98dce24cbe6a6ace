import { Agent } from "node:http";
import type { LookupFunction } from "node:net";
import { GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { ask, runIn } from "../../../../dev/tools/sandbox-support";
import { Bucket, SiteSandbox } from "../site-sandbox";
import { outcome, type SessionKeys, sessionOf } from "../test-sandbox";

const world = new SiteSandbox();
beforeAll(() => world.start(), 60_000);
afterAll(() => world.stop());

describe("credentials", () => {
  const list = async (change: Partial<SessionKeys>, command = new ListObjectsV2Command({ Bucket })) => {
    const client = world.s3With({ ...world.keys, ...change });
    const result = await outcome(client.send(command));
    client.destroy();
    return result;
  };
  test.each<[what: string, change: Partial<SessionKeys>, code: string]>([
    ["unchanged", {}, "allowed"],
    ["with an unknown access key", { accessKeyId: "ASIAAAAAAAAAAAAAAAAA" }, "InvalidAccessKeyId"],
    ["with another secret", { secretAccessKey: "x" }, "SignatureDoesNotMatch"],
    ["with another session's token", { sessionToken: "x" }, "InvalidToken"],
  ])("%s", async (_, change, code) => {
    expect(await list(change)).toBe(code);
  });

  test("without a session token", async () => {
    const { sessionToken, ...without } = world.keys;
    const client = world.s3With(without as SessionKeys);
    expect(sessionToken).toBeDefined();
    expect(await outcome(client.send(new ListObjectsV2Command({ Bucket })))).toBe("InvalidToken");
    client.destroy();
  });

  test("a session expires on time", async () => {
    const short = sessionOf(await world.assume(world.deploy, { DurationSeconds: 900 }));
    const systemClockOffset = () => world.ahead;
    const at = async (seconds: number) => {
      world.ahead = seconds * 1_000;
      const client = world.s3With(short, { systemClockOffset: systemClockOffset() });
      const result = await outcome(client.send(new ListObjectsV2Command({ Bucket })));
      client.destroy();
      world.ahead = 0;
      return result;
    };
    expect([await at(890), await at(901)]).toEqual(["allowed", "ExpiredToken"]);
  });

  test("a signature from another time", async () => {
    world.ahead = 20 * 60_000;
    expect(await list({})).toBe("RequestTimeTooSkewed");
    world.ahead = 0;
  });

  test("a presigned URL is valid for its object and method until it expires", async () => {
    await world.put("signed", "by URL");
    const env = {
      AWS_ACCESS_KEY_ID: world.keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: world.keys.secretAccessKey,
      AWS_SESSION_TOKEN: world.keys.sessionToken,
    };
    const inside = { ...world.sandbox, environment: { ...world.sandbox.environment, ...env } };
    const { stdout } = await runIn(inside, "aws", [
      "s3",
      "presign",
      "s3://website/signed",
      "--expires-in",
      "600",
    ]);
    const url = new URL(stdout.trim());
    const get = (path: string) => ask(world.sandbox.endpoint, "GET", path, { anonymous: true });
    expect(await get(url.pathname + url.search)).toMatchObject({ status: 200, body: "by URL" });
    expect((await get(url.pathname.replace("signed", "source") + url.search)).status).toBe(403);
    expect(
      (await ask(world.sandbox.endpoint, "DELETE", url.pathname + url.search, { anonymous: true })).status,
    ).toBe(403);
    world.ahead = 11 * 60_000;
    expect((await get(url.pathname + url.search)).status).toBe(403);
    world.ahead = 0;
  });

  test("virtual-hosted style: the bucket of the host is authorized", async () => {
    await world.put("hosted", "by host");
    const client = world.s3With(world.keys, {
      forcePathStyle: false,
      endpoint: world.sandbox.endpoint.replace("127.0.0.1", "localhost"),
      requestHandler: { httpAgent: new Agent({ lookup: toLoopback }) },
    });
    const get = (bucket: string, Key: string) =>
      outcome(client.send(new GetObjectCommand({ Bucket: bucket, Key })));
    expect([await get(Bucket, "hosted"), await get("secrets", "plan")]).toEqual(["allowed", "AccessDenied"]);
    client.destroy();
  });

  test("a path segment that looks like another bucket is part of the key", async () => {
    for (const Key of [
      "../secrets/plan",
      "/secrets/plan",
      "secrets%2Fplan",
      "a//b",
      "ü ? # + ; %",
      "moto-api/reset",
    ]) {
      await world.put(Key, Key);
      const { Body } = await world.s3.send(new GetObjectCommand({ Bucket, Key }));
      expect(await Body?.transformToString()).toBe(Key);
    }
  });
});

/** Resolves every name to this machine: not every resolver knows `website.localhost`. */
const toLoopback: LookupFunction = (_, { all }, found) =>
  all === true ? found(null, [{ address: "127.0.0.1", family: 4 }]) : found(null, "127.0.0.1", 4);
