import { compilePolicy } from "../../lib/iam/evaluate/compile-policy";
import { decide } from "../../lib/iam/evaluate/decide";
import { requestKeys } from "../../lib/iam/evaluate/request";
import { parsePolicy } from "../../lib/iam/language/read-policy";
import { conditionKeys } from "../../lib/token/claims";
import { issuerHost, issuerUrl } from "../../lib/token/issuer";
import { printV2Subject } from "../../lib/token/subject";
import { repeated } from "./brief";

// Decides tokens for two seconds by a trust policy with 10 statements of 10 subjects, and reads the
// claims of the same tokens with JSON.parse for one second. Prints both rates, a second of CPU
// time, as JSON: `node --import tsx dev/bench/decisions.ts`. Half of the statements have patterns;
// half of the tokens are allowed.
const ORGANIZATION = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
const WARM_UP_MS = repeated(500);
const MEASURED_MS = repeated(2_000);
const host = issuerHost({ organization: ORGANIZATION });
const provider = `arn:aws:iam::123456789012:oidc-provider/${host}`;

function subject(statement: number, person: number, branch: string): string {
  const id = (prefix: string, number: number): string =>
    `${prefix}-0000-4000-8000-${String(number).padStart(12, "0")}`;
  const job = {
    organization: ORGANIZATION,
    project: id("bbbbbbbb", statement),
    user: id("aaaaaaaa", person),
  };
  return printV2Subject(job, { origin: `github.com/acme/project-${statement}`, ref: `refs/heads/${branch}` });
}

const ten = [...Array(10).keys()];
const policy = compilePolicy(
  parsePolicy(
    JSON.stringify({
      Version: "2012-10-17",
      Statement: ten.map((statement) => ({
        Effect: "Allow",
        Principal: { Federated: provider },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: { [`${host}:aud`]: ORGANIZATION },
          [statement % 2 === 0 ? "StringLike" : "ForAnyValue:StringEquals"]: {
            [`${host}:sub`]: ten.map((person) =>
              subject(statement, person, statement % 2 === 0 ? "release/*" : "main"),
            ),
          },
        },
      })),
    }),
  ),
);
const tokens = ten.flatMap((statement) =>
  [0, 9, 10, 11].map((person) => ({
    iss: issuerUrl({ organization: ORGANIZATION }),
    aud: ORGANIZATION,
    sub: subject(statement, person, statement % 2 === 0 ? "release/1" : "main"),
  })),
);
const requests = tokens.map((claims) => ({
  action: "sts:AssumeRoleWithWebIdentity",
  caller: { type: "Federated", arn: provider } as const,
  keys: requestKeys(conditionKeys(claims), "absent"),
}));
const texts = tokens.map((claims) => JSON.stringify(claims));

/** CPU time of this process in milliseconds: other programs do not count. */
function now(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function decideFor(ms: number): number {
  const start = now();
  let decided = 0;
  let allowed = 0;
  while (now() - start < ms) {
    for (const request of requests) if (decide(policy, request).verdict === "allowed") allowed += 1;
    decided += requests.length;
  }
  if (allowed * 2 !== decided) throw new Error(`${allowed} of ${decided} were allowed`);
  return (decided / (now() - start)) * 1_000;
}

function parseFor(ms: number): number {
  const start = now();
  let parsed = 0;
  while (now() - start < ms) {
    for (const text of texts) if (JSON.parse(text).aud === ORGANIZATION) parsed += 1;
  }
  return (parsed / (now() - start)) * 1_000;
}

decideFor(WARM_UP_MS);
parseFor(WARM_UP_MS);
// In turns: a busy moment changes both.
const turns = [0, 1, 2, 3].map(() => ({
  perSecond: decideFor(MEASURED_MS / 4),
  parsesPerSecond: parseFor(MEASURED_MS / 8),
}));
const mean = (of: "perSecond" | "parsesPerSecond"): number =>
  turns.reduce((sum, turn) => sum + turn[of], 0) / turns.length;
console.log(JSON.stringify({ perSecond: mean("perSecond"), parsesPerSecond: mean("parsesPerSecond") }));
