import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "../../lib/programs/cache";

/** What users run. `dev` is the sandbox, whose servers and clients stay on this machine. */
const SHIPPED = ["cli", "constructs", "lib", "setup", "stacks"];

/** A way to call a server, and the only files that may use it. */
const WAYS: readonly (readonly [string, RegExp, readonly string[]])[] = [
  [
    "Node's HTTP, TLS and sockets",
    /(?:from|import|require\()\s*\(?"(?:node:)?(?:https?|http2|tls|net|dgram)"/,
    [],
  ],
  [
    "the global fetch",
    /(?<![.\w])fetch\s*\(|globalThis\.fetch|\bnew (?:WebSocket|EventSource|XMLHttpRequest)\b/,
    [],
  ],
  ["ky", /(?:from|import\()\s*"ky"/, []],
  ["another HTTP client", /"(?:undici|axios|got|node-fetch|superagent|proxy-agent|https?-proxy-agent)"/, []],
  ["Octokit", /"@octokit\/[\w-]+"/, ["lib/hosts/octokit.js"]],
  ["a client of AWS", /\bnew [A-Z]\w*Client\(|@aws-sdk\/credential-provider/, ["lib/aws/clients.ts"]],
];

const files = SHIPPED.flatMap((folder) =>
  readdirSync(path.join(repositoryRoot, folder), { recursive: true, encoding: "utf8" })
    .map((name) => path.posix.join(folder, name.split(path.sep).join("/")))
    .filter((name) => /\.(?:[cm]?js|ts)$/.test(name) && !name.startsWith("lib/http/")),
);

/** Without comments, and without imports of types, which are not there when it runs. */
function codeOf(file: string): string {
  return readFileSync(path.join(repositoryRoot, file), "utf8")
    .replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, "")
    .replace(/^import type [^;]*;$/gm, "");
}

test.each(WAYS)(
  "only lib/http calls a server with %s, which decides about proxies and certificates",
  (_name, way, but) => {
    const users = files.filter((file) => way.test(codeOf(file)));
    expect(users).toEqual(but);
  },
);

test("the way to GitHub and that to AWS take their connections from lib/http", () => {
  expect(codeOf("lib/hosts/github-client.ts")).toContain('from "../http/guarded-fetch"');
  expect(codeOf("lib/aws/clients.ts")).toContain('from "../http/agents"');
});
