import { createServer } from "node:http";
import type { LoggedDecision } from "../sandbox/authorize/decision-log";
import { closeServer, listenOnLoopback } from "../sandbox/http/listen";
import { type Sandbox, startSandbox } from "../sandbox/sandbox";
import { passOn } from "./gate";

/** Local AWS accounts that verify the tokens of one local CircleCI. */
export interface Accounts {
  /**
   * URL that stands for AWS: it passes each request on to the account that the request is about.
   */
  readonly endpoint: string;
  /** By account ID. */
  readonly sandboxes: ReadonlyMap<string, Sandbox>;
  readonly stop: () => Promise<void>;
}

interface AccountsOptions {
  readonly motoCommand: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly onDecision?: (decision: LoggedDecision) => void;
}

const ROLE_ACCOUNT = /^arn:aws:iam::(\d{12}):role\//;
const ACCESS_KEY = /<AccessKeyId>(ASIA[A-Z2-7]+)<\/AccessKeyId>/;
const CREDENTIAL = /Credential=([A-Z0-9]+)\//;

/** @param ids of at least one account */
export async function startAccounts(ids: readonly string[], options: AccountsOptions): Promise<Accounts> {
  const [first, ...others] = ids;
  if (first === undefined) throw new Error("there is an account");
  const one = await startSandbox({ ...options, accountId: first });
  const rest = await Promise.all(
    others.map((accountId) => startSandbox({ ...options, accountId, circleCi: one.circleCi })),
  );
  const sandboxes = new Map([one, ...rest].map((sandbox) => [sandbox.accountId, sandbox]));
  const accountOfKey = new Map<string, string>();
  const server = createServer((request, response) => {
    response.on("error", () => undefined);
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      const body = Buffer.concat(parts);
      const { method = "", url: path = "", headers } = request;
      const seen = { method, path, body: body.toString("utf8") };
      const [, key = ""] = CREDENTIAL.exec(headers.authorization ?? "") ?? [];
      // A token comes without a signature, and the role that it is for names its account.
      const [, asked = ""] = ROLE_ACCOUNT.exec(new URLSearchParams(seen.body).get("RoleArn") ?? "") ?? [];
      const account = accountOfKey.get(key) ?? asked;
      const sandbox = sandboxes.get(account);
      if (sandbox === undefined) {
        response.writeHead(403).end(`no account for ${method} ${path}`);
        return;
      }
      const answer = await passOn(sandbox.endpoint, seen, headers, body);
      const [, issued] = ACCESS_KEY.exec(answer.body.toString("utf8")) ?? [];
      if (issued !== undefined) accountOfKey.set(issued, account);
      response.writeHead(answer.status, answer.headers).end(answer.body);
    })().catch(() => response.destroy());
  });
  const endpoint = await listenOnLoopback(server);
  const stop = async () => {
    await closeServer(server);
    await Promise.all([...sandboxes.values()].map((sandbox) => sandbox.stop()));
  };
  return { endpoint, sandboxes, stop };
}
