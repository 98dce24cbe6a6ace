import type { IAMClient } from "@aws-sdk/client-iam";
import type { S3Client } from "@aws-sdk/client-s3";
import { createIamClient, createS3Client } from "../../aws/clients";
import { isReadCall } from "./read-calls";

export interface ReadClients {
  readonly iam: IAMClient;
  readonly s3: S3Client;
  readonly close: () => void;
}

/** Attempts of one call: the SDK waits longer each time that AWS says it is asked too often. */
const MOST_ATTEMPTS = 10;

/**
 * There is nobody under that address: no answer is worth waiting for. What breaks off half-way is
 * asked again.
 */
const NOBODY_THERE: ReadonlySet<string> = new Set(["ECONNREFUSED", "ENOTFOUND"]);

/** Where and as whom; default: as the environment says. */
export interface Connection {
  readonly endpoint?: string;
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/**
 * Clients that can do nothing but the calls of `READ_CALLS`.
 * @throws Error from `send`, before anything is sent, for any other call: an error in this project
 */
export function readClients(region: string, connection: Connection = {}): ReadClients {
  const settings = { region, maxAttempts: MOST_ATTEMPTS, ...connection };
  const iam = createIamClient(settings);
  const s3 = createS3Client({ ...settings, followRegionRedirects: false });
  const refuse = (commandName: string): void => {
    if (!isReadCall(commandName)) throw new Error(`adopt does not call ${commandName}`);
  };
  iam.middlewareStack.add(
    (next, { commandName = "" }) =>
      (args) => {
        refuse(commandName);
        return next(args);
      },
    { step: "initialize", name: "readCallsOnly", priority: "high" },
  );
  // Within the SDK's attempts, each of which ends here.
  iam.middlewareStack.add((next) => (args) => next(args).catch(failAtOnce), AT_EACH_ATTEMPT);
  s3.middlewareStack.add((next) => (args) => next(args).catch(failAtOnce), AT_EACH_ATTEMPT);
  s3.middlewareStack.add(
    (next, { commandName = "" }) =>
      (args) => {
        refuse(commandName);
        return next(args);
      },
    { step: "initialize", name: "readCallsOnly", priority: "high" },
  );
  return {
    iam,
    s3,
    close: () => {
      iam.destroy();
      s3.destroy();
    },
  };
}

const AT_EACH_ATTEMPT = { step: "finalizeRequest", name: "failAtOnce", priority: "low" } as const;

/** The SDK asks again by an error's code, so the one that goes on has none. */
function failAtOnce(error: unknown): never {
  const { code = "", message = "" } = typeof error === "object" && error !== null ? (error as Failure) : {};
  if (!NOBODY_THERE.has(code)) throw error;
  throw Object.assign(new Error(message === "" ? code : message), { name: code });
}

/** Of Node's own errors. */
interface Failure {
  readonly code?: string;
  readonly message?: string;
}
