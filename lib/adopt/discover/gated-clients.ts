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
