import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { oidc } from "../../../lib/command-name";
import { ProjectError } from "../../../lib/errors";
import { freePort } from "./free-port";
import { launchMoto, type Moto, type MotoOptions, type MotoProcess } from "./moto-process";

const POLL_MS = 25;
const ATTEMPTS = 5;
const NOT_FOUND = 127;

/**
 * Starts moto on a free loopback port and waits until it responds.
 * @throws ProjectError `moto-missing`, `moto-failed`, `moto-timeout`
 */
export async function startMoto(options: MotoOptions): Promise<Moto> {
  for (let attempt = 1; ; attempt += 1) {
    const moto = launchMoto(options, await freePort());
    const outcome = await waitUntilReady(moto, options.startTimeoutMs);
    if (outcome === "ready") return moto;
    await moto.stop();
    const taken = /address already in use|in use by another program/i.test(moto.log());
    if (!(taken && attempt < ATTEMPTS)) throw failure(options, moto, outcome);
  }
}

async function waitUntilReady(moto: MotoProcess, timeoutMs: number): Promise<"ready" | "ended" | "late"> {
  const deadline = Date.now() + timeoutMs;
  // A response is not enough, because another process can have taken the port. Only our moto
  // announces the address in its output.
  const announced = `Running on http://${moto.host}:${moto.port}`;
  while (Date.now() < deadline) {
    if (moto.ended() !== undefined) return "ended";
    if (moto.log().includes(announced) && (await responds(moto))) return "ready";
    await sleep(POLL_MS);
  }
  return "late";
}

function responds(moto: Moto): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = request({
      host: moto.host,
      port: moto.port,
      path: "/moto-api/",
      agent: false,
      timeout: 5_000,
    });
    probe.on("response", (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    probe.on("timeout", () => probe.destroy());
    probe.on("error", () => resolve(false));
    probe.end();
  });
}

function failure(options: MotoOptions, moto: MotoProcess, outcome: "ended" | "late"): ProjectError {
  const found = options.command.join(" ");
  const log = moto.log().trim();
  const output = log === "" ? "It printed nothing." : `Its output:\n${log}`;
  if (outcome === "late") {
    return new ProjectError({
      code: "moto-timeout",
      message: `moto ("${found}") did not respond within ${options.startTimeoutMs / 1000} s. ${output}`,
      found,
      fix: "run the command yourself to see why it does not start",
    });
  }
  if (moto.exitCode() === NOT_FOUND) {
    return new ProjectError({
      code: "moto-missing",
      message: `moto ("${found}"), the backend of the local AWS, could not be started. ${output}`,
      found,
      fix: `run \`${oidc("sandbox")}\`, which installs moto into the project's cache, or install moto_server on the PATH (pip install 'moto[server]')`,
    });
  }
  return new ProjectError({
    code: "moto-failed",
    message: `moto ("${found}") ended with exit code ${moto.exitCode()} while starting. ${output}`,
    found,
    fix: "run the command yourself to see the error, or reinstall moto: `pip install 'moto[server]'`",
  });
}
