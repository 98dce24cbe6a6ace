import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { repositoryRoot } from "../../lib/tools/cache";
import { prepareTools } from "../../lib/tools/prepare";
import { recordedProgress, removeScratchFolders, runToEnd, scratchFolder } from "./support";

afterAll(removeScratchFolders);

const INSTALL_MS = 300_000;

describe("moto and the AWS CLI in the project's own virtual environment", () => {
  it(
    "are installed once, by hash, where the PATH is ignored, and run from a path with spaces",
    async () => {
      const env = { ...process.env, OIDC_CACHE_DIR: scratchFolder(), OIDC_IGNORE_PATH_TOOLS: "1", CI: "1" };
      const first = recordedProgress();
      const [tools, same] = await Promise.all([
        prepareTools(["aws", "moto"], { env, progress: first.progress }),
        prepareTools(["aws", "moto"], { env, progress: first.progress }),
      ]);
      expect(same).toEqual(tools);
      expect(first.text().match(/: done/g)).toHaveLength(1);

      const second = recordedProgress();
      expect(await prepareTools(["aws", "moto"], { env, progress: second.progress })).toEqual(tools);
      expect(second.text()).toBe("");

      const child = {
        ...env,
        ...tools.environment,
        AWS_REGION: "us-east-1",
        AWS_DEFAULT_REGION: "us-east-1",
      };
      const version = await runToEnd("aws", ["--version"], { env: child });
      expect(version).toMatchObject({ exitCode: 0, output: expect.stringMatching(/^aws-cli\/1\.4[45]\./) });
      const credentials = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
      const port = await freePort();
      const [program = "", ...args] = tools.moto;
      const moto = spawn(program, [...args, "-H", "127.0.0.1", "-p", String(port)], {
        env: child,
        stdio: "ignore",
      });
      try {
        await answers(port);
        const local = {
          ...child,
          ...credentials,
          AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
          NO_PROXY: "*",
        };
        const created = await runToEnd("aws", ["s3", "mb", "s3://from-the-lock-file"], { env: local });
        expect(created).toEqual({ exitCode: 0, output: "make_bucket: from-the-lock-file\n" });
      } finally {
        moto.kill("SIGKILL");
      }
    },
    INSTALL_MS,
  );

  it("come from a lock file in which every requirement has exact versions and hashes, and no index", async () => {
    const text = await readFile(path.join(repositoryRoot, "requirements", "sandbox.txt"), "utf8");
    const entries = text
      .replaceAll("\\\n", " ")
      .split("\n")
      .filter((line) => line !== "" && !/^\s*#/.test(line));
    expect(entries.length).toBeGreaterThan(20);
    for (const entry of entries) expect(entry).toMatch(/^[a-z0-9._-]+==\S+ .*--hash=sha256:[0-9a-f]{64}/);
    expect(text).not.toMatch(/index-url|find-links|file:|https?:/);
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address === null || typeof address === "string"
          ? reject(new Error("no port"))
          : resolve(address.port),
      );
    });
  });
}

async function answers(port: number): Promise<void> {
  for (const until = Date.now() + 30_000; Date.now() < until; await sleep(100)) {
    const reached = await fetch(`http://127.0.0.1:${port}/moto-api/`).then(
      () => true,
      () => false,
    );
    if (reached) return;
  }
  throw new Error("moto does not answer");
}
