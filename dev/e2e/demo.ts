import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { repositoryRoot } from "../../lib/programs/cache";
import { ownProgram } from "../../lib/programs/own-program";
import { prepareTools } from "../../lib/terraform/prepare";
import type { Sandbox } from "../sandbox/sandbox";
import { brokerFor, type ProviderBroker } from "./providers/provider-broker";

/** A demo that has finished and keeps its local AWS running. */
export interface Demo {
  readonly sandbox: Omit<Sandbox, "circleCi" | "clock" | "motoEndpoint">;
  /** The providers that it uses. They end with it. */
  readonly broker: ProviderBroker | undefined;
  /** Everything that it printed. */
  readonly said: string;
}

/** The page that the demo writes. */
export const RECORD = path.join(mkdtempSync(path.join(tmpdir(), "demo-")), "record.html");

/**
 * Runs `npm run demo -- --keep` for the talk's file, without npm, until the local AWS is ready to
 * use. Fails with the demo's output if it ends before.
 */
export function startDemo(): Promise<Demo> {
  return keepUp("demo.ts", ["--record", RECORD]);
}

/** The same for `npm run demo:adopt -- --keep`. */
export function startAdoptDemo(): Promise<Demo> {
  return keepUp("demo-adopt.ts", []);
}

async function keepUp(program: string, args: readonly string[]): Promise<Demo> {
  const [node, ...first] = ownProgram(`cli/${program}`);
  const tools = await prepareTools(["terraform", "provider"]);
  const broker = brokerFor(tools);
  const child = spawn(node, [...first, "--keep", ...args], {
    cwd: repositoryRoot,
    env: {
      ...process.env,
      ...tools.environment,
      ...broker?.environment,
      OIDC_ACCESS_FILE: path.join("examples", "talk", "access.yaml"),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<string>((resolve) =>
    child.on("close", (exitCode, signal) => resolve(`the demo ended with ${exitCode ?? signal}`)),
  ).finally(() => broker?.stop());
  const stop = async () => {
    child.kill("SIGINT");
    await ended;
  };
  return new Promise((resolve, reject) => {
    let said = "";
    const listen = (text: string) => {
      said += text;
      const environment = exports(said);
      const endpoint = environment.AWS_ENDPOINT_URL;
      // The last line of the list: it is whole.
      if (endpoint === undefined || environment.no_proxy === undefined || !said.endsWith("\n")) return;
      const sandbox = { endpoint, environment, accountId: "123456789012", whenEnded: ended, stop } as const;
      resolve({ sandbox, broker, said });
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", listen);
    void ended.then((how) => reject(new Error(`${how}:\n${said}`)));
  });
}

/** The variables that the demo's `export` lines set. */
function exports(said: string): Readonly<Record<string, string>> {
  const lines = said.matchAll(/^export ([A-Za-z_]+)='?(.*?)'?$/gm);
  return Object.fromEntries([...lines].map(([, name = "", value = ""]) => [name, value]));
}
