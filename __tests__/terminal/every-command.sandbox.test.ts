import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { listenOnLoopback } from "../../dev/sandbox/http/listen";
import { groupBy } from "../../lib/collections/group-by";
import { repositoryRoot } from "../../lib/programs/cache";
import { ownProgram } from "../../lib/programs/own-program";
import { visibleJson } from "../../lib/terminal/visible";
import { type Answer, callsInTurn, type Call as GivenCall } from "./calls-in-turn";
import { changed, planOf } from "./hostile-plan";

/**
 * The window's title, C1, a cleared line, DEL, a bidirectional override, an isolate and a mark, a
 * zero-width blank, and ends of lines of three kinds with what looks like a line of ours.
 */
const HOSTILE =
  "\u001b]0;PWNED\u0007\u009b2J\u001b[2K\u007f\u202eRTL\u2066\u061c\u200b\rFORGED\u2028FORGED\r\nFORGED";
/** A file can have all of it in its name but a slash and NUL. */
const FILE = `${HOSTILE}.json`;
/** In arguments, environment and names of files, lone surrogates and NUL cannot be. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

const ORGANIZATION = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
const HOST = `oidc.circleci.com/org/${ORGANIZATION}`;

let folder: string;
/** An API of CircleCI and of AWS that says hostile things, whatever it is asked. */
let api: Server;
let apiUrl: string;
const at = (name: string): string => path.join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "every-command-"));
  const trust = {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: HOSTILE,
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${HOST}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: { [`${HOST}:aud`]: ORGANIZATION, [`${HOST}:${HOSTILE}`]: HOSTILE },
          StringLike: { [`${HOST}:sub`]: `org/${ORGANIZATION}/project/*/${HOSTILE}` },
        },
      },
    ],
  };
  const role = { RoleName: HOSTILE, Arn: HOSTILE, AssumeRolePolicyDocument: trust };
  const claims = {
    iss: `https://${HOST}`,
    aud: ORGANIZATION,
    sub: `org/${ORGANIZATION}/${HOSTILE}`,
    exp: HOSTILE,
  };
  const example = readFileSync(path.join(repositoryRoot, "examples", "talk", "access.yaml"), "utf8");
  const quoted = JSON.stringify(HOSTILE);
  const files: Readonly<Record<string, string>> = {
    [FILE]: JSON.stringify(trust),
    "roles.json": JSON.stringify({ Roles: [role] }),
    "role.json": JSON.stringify({ Role: role }),
    "token.json": JSON.stringify(claims),
    "trail.json": JSON.stringify({
      Records: [
        {
          eventTime: HOSTILE,
          eventSource: "sts.amazonaws.com",
          eventName: "AssumeRoleWithWebIdentity",
          awsRegion: HOSTILE,
          userIdentity: { userName: `org/${ORGANIZATION}/project/${HOSTILE}`, identityProvider: HOST },
          requestParameters: { roleArn: HOSTILE },
          errorCode: HOSTILE,
        },
      ],
    }),
    "broken.json": `{"${HOSTILE.replace(/[\r\n]/g, "")}`,
    "plan.json": JSON.stringify(planOf([changed(HOSTILE, trust)])),
    "unreadable-plan.json": JSON.stringify({ format_version: HOSTILE }),
    "access.yaml": example,
    "wrong-access.yaml": `${quoted}: 1\nversion: ${quoted}\npeople: { ${quoted}: ${quoted} }\n`,
    "no-yaml.yaml": `a: [${HOSTILE}`,
    "accepted.yaml": `${quoted}: ${quoted}\n`,
    "imports.json": JSON.stringify({ version: 1, [HOSTILE]: HOSTILE }),
    "config.yml": `${quoted}: 1\njobs: { ${quoted}: ${quoted} }\n`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(at(name), text);
  mkdirSync(at("plans"));
  writeFileSync(at("plans/reviewed.json"), JSON.stringify({ version: 1, [HOSTILE]: HOSTILE }));
  api = createServer((request, response) => {
    request.resume();
    response.statusCode = request.url?.includes("project") === true ? 200 : 403;
    const said = encodeURIComponent(HOSTILE);
    response.setHeader("x-request-id", said);
    response.end(JSON.stringify({ message: HOSTILE, name: HOSTILE, id: HOSTILE, slug: HOSTILE, items: [] }));
  });
  apiUrl = await listenOnLoopback(api);
});
afterAll(() => {
  api.close();
  rmSync(folder, { recursive: true, force: true });
});

type Call = readonly [command: string, args: readonly string[], env?: () => NodeJS.ProcessEnv];

const wrongAccess = () => ({ OIDC_ACCESS_FILE: at("wrong-access.yaml") });
const noYaml = () => ({ OIDC_ACCESS_FILE: at("no-yaml.yaml") });
const hostileName = () => ({ OIDC_ACCESS_FILE: at(`${HOSTILE}.yaml`) });
const asked = () => ({
  CIRCLE_TOKEN: "t",
  CIRCLE_HOSTNAME: apiUrl,
  CIRCLECI_API_URL: apiUrl,
  AWS_ENDPOINT_URL: apiUrl,
});

/** `FOLDER/` stands for the folder of hostile files. */
const CALLS: readonly Call[] = [
  ["oidc", [HOSTILE]],
  ["oidc", [`--${HOSTILE}`]],
  ["oidc", ["explain", "--policy", `FOLDER/${FILE}`]],
  ["oidc", ["explain", "--policy", "FOLDER/role.json", "--person", "alice", "--branch", HOSTILE]],
  ["oidc", ["explain", "--policy", `FOLDER/${FILE}`, "--json"]],
  ["oidc", ["explain", "--token", "FOLDER/token.json"]],
  ["oidc", ["explain", "--token", "FOLDER/token.json", "--policy", `FOLDER/${FILE}`]],
  ["oidc", ["explain", "--token", "FOLDER/token.json", "--json"]],
  ["oidc", ["explain", "--token", "FOLDER/broken.json"]],
  ["oidc", ["explain", "--person", HOSTILE]],
  ["oidc", ["explain", "--role", HOSTILE]],
  ["oidc", ["explain"], wrongAccess],
  ["oidc", ["explain"], noYaml],
  ["oidc", ["explain"], hostileName],
  ["oidc", ["audit", "--policy", `FOLDER/${FILE}`]],
  ["oidc", ["audit", "--policy", "FOLDER/roles.json", "FOLDER/plan.json", "--json"]],
  ["oidc", ["audit", "--policy", "FOLDER/roles.json", "FOLDER/plan.json"]],
  ["oidc", ["audit", "--policy", "FOLDER/broken.json"]],
  ["oidc", ["audit", "--policy", `FOLDER/${HOSTILE}`]],
  ["oidc", ["audit", "--fail-on", HOSTILE]],
  ["oidc", ["grant", HOSTILE, "website/deploy", "--for", "2h"]],
  ["oidc", ["grant", "alice", "deploy", "--for", HOSTILE]],
  ["oidc", ["grant", "alice", HOSTILE, "--until", "2999-12-31", "--reason", HOSTILE]],
  ["oidc", ["prune", "--at", HOSTILE]],
  ["oidc", ["prune", "--dry-run"], wrongAccess],
  ["oidc", ["report"]],
  ["oidc", ["report", "--json", "-"]],
  ["oidc", ["report", "--at", HOSTILE]],
  ["oidc", ["report", "--compare", HOSTILE]],
  ["oidc", ["report", "--account", HOSTILE]],
  ["oidc", ["usage", "--events", "FOLDER/trail.json"]],
  ["oidc", ["usage", "--events", `FOLDER/${FILE}`]],
  ["oidc", ["usage", "--athena", HOSTILE]],
  ["oidc", ["watch", "--once", "--account", HOSTILE]],
  ["oidc", ["review", "--no-access", "--plan", "FOLDER/plan.json"]],
  ["oidc", ["review", "--no-access", "--plan", "FOLDER/plan.json", "--json"]],
  ["oidc", ["review", "--no-access", "--plan", "FOLDER/unreadable-plan.json"]],
  ["oidc", ["review", "--no-access", "--plan", `FOLDER/${HOSTILE}`]],
  ["oidc", ["review", "--no-access", "--plan", "FOLDER/plan.json", "--fail-on", HOSTILE]],
  ["oidc", ["review", "--no-access", "--plan", "FOLDER/plan.json", "--accept", HOSTILE]],
  ["oidc", ["review", "--no-access", "--plan", "FOLDER/plan.json", "--accept-file", "FOLDER/accepted.yaml"]],
  ["oidc", ["review", HOSTILE, "--read-only"]],
  ["oidc", ["apply", "--reviewed", "FOLDER/plans"]],
  ["oidc", ["apply", "--reviewed", `FOLDER/${HOSTILE}`]],
  ["oidc", ["adopt", "--account", HOSTILE]],
  ["oidc", ["adopt", "--account", "main", "--dry-run", "--only", HOSTILE], asked],
  [
    "oidc",
    ["adopt", "--release", HOSTILE, "--dry-run"],
    () => ({ ...asked(), OIDC_IMPORTS_FILE: at("imports.json") }),
  ],
  ["oidc", ["pipeline", "--project", HOSTILE]],
  ["oidc", ["pipeline", "--file", "FOLDER/config.yml", "--check"]],
  ["oidc", ["token", "--person", HOSTILE]],
  ["oidc", ["token", "--person", "alice", "--branch", "main"], () => ({ OIDC_SANDBOX_CIRCLECI: HOSTILE })],
  ["oidc", ["completion", HOSTILE]],
  ["oidc", ["completion", "bash"]],
  ["oidc", ["init", "--repository", HOSTILE, "--yes"], hostileName],
  ["oidc", ["init", "--yes", "--slug", HOSTILE], () => ({ ...asked(), ...hostileName() })],
  ["oidc", ["ids", "--project", HOSTILE], asked],
  ["oidc", ["ids", "--project", "gh/acme/website"], asked],
  ["oidc", ["doctor", "--account", HOSTILE], () => ({ ...asked(), AWS_PROFILE: HOSTILE })],
  ["oidc", ["doctor"], wrongAccess],
  ["oidc", ["bootstrap", "--account", HOSTILE]],
  ["oidc", ["bootstrap", "--account", "main"], wrongAccess],
  ["oidc", ["deploy", HOSTILE]],
  ["oidc", ["destroy", HOSTILE]],
  ["oidc", ["synth"], wrongAccess],
  ["oidc", ["diff", "--output", "FOLDER/out"], hostileName],
  ["oidc", ["terraform", HOSTILE, "plan"]],
  ["oidc", ["unlock", HOSTILE]],
  ["oidc", ["upgrade", "--fail-on", HOSTILE]],
  ["oidc", ["sandbox", `--${HOSTILE}`]],
  ["schema", [`--${HOSTILE}`]],
  ["coverage", [`--${HOSTILE}`]],
  ["actions", [`--${HOSTILE}`]],
  ["golden", [HOSTILE]],
  ["pictures", [`--${HOSTILE}`]],
  ["orb", [`--${HOSTILE}`]],
  ["managed-policies", [`--${HOSTILE}`]],
  ["release", [`--${HOSTILE}`]],
  ["bench", ["--runs", HOSTILE]],
  ["bench", ["--sizes", HOSTILE]],
  ["demo", [`--${HOSTILE}`]],
  ["demo", [], wrongAccess],
  ["demo-adopt", [`--${HOSTILE}`]],
  ["test", [], () => ({ OIDC_CACHE_DIR: at(HOSTILE), PATH: `/${HOSTILE}` })],
  ["test", [HOSTILE]],
  ["check", [HOSTILE]],
  ["check", [`--${HOSTILE}`]],
];

function given([, args, env]: Call): GivenCall {
  return {
    args: args.map((arg) => arg.replace("FOLDER/", `${folder}${path.sep}`)),
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      OIDC_ACCESS_FILE: at("access.yaml"),
      OIDC_CACHE_DIR: process.env.OIDC_CACHE_DIR,
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      AWS_ACCESS_KEY_ID: "AKIANOTREALNOTREAL00",
      AWS_SECRET_ACCESS_KEY: "none",
      ...env?.(),
    },
  };
}

const answers = new Map<Call, Answer>();
beforeAll(async () => {
  for (const [command, calls] of groupBy(CALLS, ([name]) => name)) {
    const all = await callsInTurn(ownProgram(`cli/${command}.ts`), calls.map(given));
    calls.forEach((one, index) => {
      const answer = all[index];
      if (answer !== undefined) answers.set(one, answer);
    });
  }
}, 300_000);

const NAMED = CALLS.map((one, index) => {
  const [command, args] = one;
  return [`${index} ${command} ${visibleJson(JSON.stringify(args))}`, one] as const;
});

test.each(NAMED)("%s shows untrusted text without control sequences", (_, one) => {
  const { exitCode, stdout, stderr } = answers.get(one) ?? { exitCode: null, stdout: "", stderr: "" };
  const said = `${stdout}${stderr}`;
  expect(said).not.toBe("");
  for (const line of said.split("\n")) expect(line.replaceAll("\t", "")).not.toMatch(UNSEEN);
  // A report quotes no line of another author; an error quotes what is wrong with the call.
  if (exitCode !== 2) expect(stdout.split("\n").filter((line) => /^[^\w"]*FORGED/.test(line))).toEqual([]);
});

test("the tests call every command, and every command of oidc", () => {
  // What commands share is none, and neither is the thread of `usage`.
  const shared = ["command", "host", "read-trail"];
  const files = readdirSync(path.join(repositoryRoot, "cli"))
    .filter((name) => name.endsWith(".ts"))
    .map((name) => name.replace(/\.ts$/, ""))
    .filter((name) => !shared.includes(name));
  const source = readFileSync(path.join(repositoryRoot, "cli", "oidc.ts"), "utf8");
  const ofOidc = [...source.matchAll(/from "\.\/([a-z-]+)"/g)]
    .map(([, name = ""]) => name)
    .filter((name) => !shared.includes(name));
  const commands = files.filter((name) => !ofOidc.includes(name) && !name.endsWith("-options"));
  expect([...new Set(CALLS.map(([command]) => command))].sort()).toEqual(commands.sort());
  const called = CALLS.flatMap(([command, [first = ""]]) => (command === "oidc" ? [first] : []));
  const cdktf = readFileSync(path.join(repositoryRoot, "cli", "cdktf.ts"), "utf8");
  const ofCdktf = [...cdktf.matchAll(/^ {2}\["([a-z]+)", /gm)].map(([, name = ""]) => name);
  const names = [...ofOidc.filter((name) => name !== "cdktf"), ...ofCdktf];
  expect(new Set(called)).toEqual(new Set([...names, HOSTILE, `--${HOSTILE}`]));
});
