import type { IAMClient } from "@aws-sdk/client-iam";
import type { S3Client } from "@aws-sdk/client-s3";
import { createIamClient, createS3Client } from "../../aws/clients";
import { isReadCall } from "./read-calls";

export interface ReadClients {
  readonly iam: IAMClient;
  readonly s3: S3Client;
  readonly close: () => void;
}

/** Attempts per call: the SDK backs off when AWS throttles. */
const MOST_ATTEMPTS = 10;

/** Errors of a host that does not exist or does not listen: retrying them is useless. */
const NO_HOST: ReadonlySet<string> = new Set(["ECONNREFUSED", "ENOTFOUND"]);

/** Endpoint and credentials. Default: from the environment. */
interface Connection {
  readonly endpoint?: string;
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/**
 * Clients that accept only some calls.
 * @param isCalled which, by the command's name. Default: those of `READ_CALLS`
 * @throws Error from `send` for any other call, before it is sent: an error in this project
 */
export function readClients(
  region: string,
  connection: Connection = {},
  isCalled: (command: string) => boolean = isReadCall,
): ReadClients {
  const settings = { region, maxAttempts: MOST_ATTEMPTS, ...connection };
  const iam = createIamClient(settings);
  const s3 = createS3Client({ ...settings, followRegionRedirects: false });
  const refuse = (commandName: string): void => {
    if (!isCalled(commandName)) throw new Error(`${commandName} is not a call of this command`);
  };
  iam.middlewareStack.add(
    (next, { commandName = "" }) =>
      (args) => {
        refuse(commandName);
        return next(args);
      },
    { step: "initialize", name: "readCallsOnly", priority: "high" },
  );
  // Runs in each attempt of the SDK.
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

/** The SDK retries by an error's code, so this error gets none. */
function failAtOnce(error: unknown): never {
  const { code = "", message = "" } = typeof error === "object" && error !== null ? (error as Failure) : {};
  if (!NO_HOST.has(code)) throw error;
  throw Object.assign(new Error(message === "" ? code : message), { name: code });
}

/** A Node system error. */
interface Failure {
  readonly code?: string;
  readonly message?: string;
}
