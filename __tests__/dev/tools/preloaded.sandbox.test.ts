import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { until } from "../../../dev/tools/sandbox-support";
import { run } from "../../../lib/process/run";

// Where `aws` is no Python program, the tests run it as it is.
const [, owner = ""] = (process.env.PRELOADED_AWS ?? "").split(":");
const calls: readonly (readonly string[])[] = [
  ["--version"],
  ["no-such-service"],
  ["configure", "get", "region", "--profile", "größe"],
  ["sts", "get-caller-identity", "--endpoint-url", "http://127.0.0.1:1"],
];

(owner === "" ? test.skip : test)(
  "the loaded AWS CLI answers as the real one, and ends with its owner",
  async () => {
    const lives = spawn("sleep", ["60"], { stdio: "ignore" });
    const folder = path.join(tmpdir(), `preloaded-aws-test-${process.pid}`);
    const environment = { AWS_MAX_ATTEMPTS: "1", AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "a" };
    const aws = async (args: readonly string[], server: string) => {
      const env = { ...process.env, ...environment, AWS_SECRET_ACCESS_KEY: "b", PRELOADED_AWS: server };
      const { exitCode, stdout, stderr } = await run("aws", args, { env });
      return { exitCode, stdout, stderr };
    };
    const real = await Promise.all(calls.map((args) => aws(args, "")));
    expect(real.map(({ exitCode }) => exitCode)).toEqual([0, 2, 255, 255]);
    // The first call starts the server, and does not wait for it.
    const server = `${folder}:${lives.pid}`;
    expect(await aws(["--version"], server)).toEqual(real[0]);
    await until("the server listens", () => existsSync(path.join(folder, "socket")));
    expect(await Promise.all(calls.map((args) => aws(args, server)))).toEqual(real);
    lives.kill();
    await until("the server has ended", () => !existsSync(folder));
  },
);

const { PRELOADED_MOTO: moto = "" } = process.env;

(moto === "" ? test.skip : test)("the loaded moto answers as the real one", async () => {
  const call = async (server: string | undefined) => {
    const env = { ...process.env, PRELOADED_MOTO_SERVER: server };
    const { exitCode, stdout, stderr } = await run(moto, ["--port", "none"], { env });
    return { exitCode, stdout, stderr };
  };
  const [folder = ""] = (process.env.PRELOADED_MOTO_SERVER ?? "").split(":");
  const real = await call("");
  expect(real).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("invalid int value: 'none'") });
  // The first call starts the server, and does not wait for it.
  expect(await call(process.env.PRELOADED_MOTO_SERVER)).toEqual(real);
  await until("the server listens", () => existsSync(path.join(folder, "socket")));
  expect(await call(process.env.PRELOADED_MOTO_SERVER)).toEqual(real);
});
