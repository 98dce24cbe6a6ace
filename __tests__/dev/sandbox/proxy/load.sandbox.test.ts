import { Agent, request } from "node:http";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { motosBelow, until } from "../../../../dev/tools/sandbox-support";
import { signedHeaders } from "../authenticate/sign";
import { Bucket, OWN, SiteSandbox } from "../site-sandbox";
import { outcome } from "../test-sandbox";

const world = new SiteSandbox();
beforeAll(() => world.start(), 60_000);
afterAll(() => world.stop());

/** Status of a signed request. @param cut bytes after which the client disconnects */
function send(
  method: string,
  path: string,
  settings: { readonly body?: Buffer; readonly cut?: number; readonly agent?: Agent } = {},
): Promise<number | "cut"> {
  const { body, cut, agent } = settings;
  const { hostname, port, host } = new URL(world.sandbox.endpoint);
  return new Promise((resolve, reject) => {
    const headers = {
      ...signedHeaders(world.keys, method, host, path),
      ...(body === undefined ? {} : { "Content-Length": body.length }),
    };
    const asked = request({ hostname, port, method, path, headers, agent: agent ?? false });
    asked.on("error", (error) => (cut === undefined ? reject(error) : resolve("cut")));
    asked.on("response", (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode ?? 0));
    });
    if (cut === undefined) asked.end(body);
    else asked.write(body?.subarray(0, cut) ?? "", () => setTimeout(() => asked.destroy(), 50));
  });
}

test("200 concurrent requests, alternately allowed and denied, get their own decisions", async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 200 });
  world.decisions.length = 0;
  const paths = Array.from({ length: 200 }, (_, index) =>
    index % 2 === 0 ? `/${Bucket}/many/${index}` : `/secrets/many/${index}`,
  );
  const statuses = await Promise.all(
    paths.map((path) => send("PUT", path, { agent, body: Buffer.from(path) })),
  );
  expect(statuses).toEqual(paths.map((path) => (path.startsWith("/secrets") ? 403 : 200)));
  expect(world.decisions).toHaveLength(200);
  expect(
    world.decisions
      .filter(({ verdict }) => verdict === "allowed")
      .every(({ resource }) => resource?.startsWith(OWN)),
  ).toBe(true);
  agent.destroy();
});

test("an aborted upload creates no object, and the next request succeeds", async () => {
  const body = Buffer.alloc(2_000_000, "x");
  expect(await send("PUT", `/${Bucket}/half`, { body, cut: 1_000_000 })).toBe("cut");
  expect(await outcome(world.s3.send(new GetObjectCommand({ Bucket, Key: "half" })))).toBe("NoSuchKey");
  expect(await send("PUT", `/${Bucket}/half`, { body })).toBe(200);
});

// In its own sandbox, which cannot be used afterwards.
test("without moto, calls get 503 at once", async () => {
  const others = motosBelow(process.pid);
  const lonely = new SiteSandbox();
  await lonely.start();
  const ours = motosBelow(process.pid).filter((pid) => !others.includes(pid));
  expect(ours).toHaveLength(1);
  for (const pid of ours) process.kill(pid, "SIGKILL");
  await until(
    "moto has ended",
    async () => (await Promise.race([lonely.sandbox.whenEnded, "running"])) !== "running",
  );
  const error = await lonely.s3
    .send(new GetObjectCommand({ Bucket, Key: "a" }))
    .catch((failed: Error) => failed);
  expect(error).toMatchObject({
    $metadata: { httpStatusCode: 503 },
    message: expect.stringContaining("moto ended"),
  });
  expect(await lonely.assume(lonely.deploy).catch((failed: Error) => failed)).toMatchObject({
    $metadata: { httpStatusCode: 503 },
  });
  await lonely.stop();
});
