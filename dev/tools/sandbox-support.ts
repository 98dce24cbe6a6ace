import { execFileSync, spawn } from "node:child_process";
import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { S3Client } from "@aws-sdk/client-s3";
import { insideSandbox } from "../sandbox/environment/environment";
import { motoAuthorization } from "../sandbox/moto/moto-request";
import type { Sandbox } from "../sandbox/sandbox";

export const ROOT = join(__dirname, "..", "..");

/** An SDK client with the environment of a program inside the sandbox. */
export function s3Client(sandbox: Pick<Sandbox, "endpoint" | "environment">): S3Client {
  const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "", AWS_REGION = "" } = sandbox.environment;
  return new S3Client({
    endpoint: sandbox.endpoint,
    region: AWS_REGION,
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
  });
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/**
 * One HTTP request on a new connection, signed as the administrator unless it is anonymous.
 */
export function ask(
  endpoint: string,
  method: string,
  path: string,
  options: {
    readonly headers?: OutgoingHttpHeaders;
    readonly body?: string | Buffer;
    readonly anonymous?: true;
  } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(endpoint);
    const request = httpRequest({
      hostname,
      port,
      method,
      path,
      agent: false,
      headers: {
        ...(options.anonymous === true ? {} : { Authorization: motoAuthorization("s3") }),
        ...options.headers,
      },
    });
    request.on("response", (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", reject);
      response.on("end", () => {
        const body = Buffer.concat(parts).toString("utf8");
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      });
    });
    request.on("error", reject);
    request.end(options.body);
  });
}

/**
 * Writes bytes to a server and returns its output until it closes the connection or stops sending.
 */
export function askRaw(endpoint: string, bytes: string | Buffer, quietMs = 2_000): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(endpoint).port), "127.0.0.1");
    let said = "";
    socket.setTimeout(quietMs, () => socket.destroy());
    socket.on("data", (part) => (said += part.toString("latin1")));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(said));
    socket.write(bytes);
  });
}

export interface Ended {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program inside a sandbox to its end. */
export function runIn(
  sandbox: Pick<Sandbox, "environment">,
  command: string,
  args: readonly string[],
  input = "",
): Promise<Ended> {
  const child = spawn(command, [...args], { env: insideSandbox(sandbox.environment), stdio: "pipe" });
  child.stdin.end(input);
  return untilEnd(child);
}

export function untilEnd(child: ReturnType<typeof spawn>): Promise<Ended> {
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (part: Buffer) => (stdout += part.toString()));
  child.stderr?.on("data", (part: Buffer) => (stderr += part.toString()));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode, signal) => resolve({ exitCode, signal, stdout, stderr }));
  });
}

/** Polls until a condition holds; fails with its name after the timeout. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, timeoutMs = 20_000) {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms for: ${what}`);
    await sleep(50);
  }
}

interface Listed {
  readonly pid: number;
  readonly parent: number;
  readonly args: string;
}

/** All running processes, without zombies. */
function processes(): readonly Listed[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat=,args="], { encoding: "utf8" });
  return table.split("\n").flatMap((line) => {
    const [, pid, parent, stat, args] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return stat === undefined || stat.startsWith("Z")
      ? []
      : [{ pid: Number(pid), parent: Number(parent), args: args ?? "" }];
  });
}

/** All descendants of a process, children first. */
export function descendants(pid: number, all = processes()): readonly Listed[] {
  const children = all.filter(({ parent }) => parent === pid);
  return children.flatMap((child) => [child, ...descendants(child.pid, all)]);
}

export function isRunning(pid: number): boolean {
  return processes().some((listed) => listed.pid === pid);
}

/** The moto processes below a process, without their watchdog. */
export function motosBelow(pid: number): readonly number[] {
  return descendants(pid)
    .filter(({ args }) => /moto[._]server/.test(args) && !args.includes("watchdog.mjs"))
    .map((listed) => listed.pid);
}

/** A bucket policy like ours: it denies all requests without TLS. */
export function tlsOnly(bucket: string): string {
  const Resource = [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`];
  const Condition = { Bool: { "aws:SecureTransport": "false" } };
  const statement = { Sid: "TlsOnly", Effect: "Deny", Principal: "*", Action: "s3:*", Resource, Condition };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, null, 1);
}
