import { compilePolicy } from "../../lib/iam/evaluate/compile-policy";
import { decide } from "../../lib/iam/evaluate/decide";
import { requestKeys } from "../../lib/iam/evaluate/request";
import { parsePolicy } from "../../lib/iam/language/read-policy";
import { conditionKeys } from "../../lib/token/claims";
import { issuerHost, issuerUrl } from "../../lib/token/issuer";
import { printV2Subject } from "../../lib/token/subject";

// Decides tokens for two seconds by a trust policy with 10 statements of 10 subjects, and prints
// the decisions a second as JSON: `node --import tsx dev/bench/decisions.ts`. Half of the
// statements have patterns; half of the tokens are allowed.
const ORGANIZATION = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
const WARM_UP_MS = 500;
const MEASURED_MS = 2_000;
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
const requests = ten.flatMap((statement) =>
  [0, 9, 10, 11].map((person) => ({
    action: "sts:AssumeRoleWithWebIdentity",
    caller: { type: "Federated", arn: provider } as const,
    keys: requestKeys(
      conditionKeys({
        iss: issuerUrl({ organization: ORGANIZATION }),
        aud: ORGANIZATION,
        sub: subject(statement, person, statement % 2 === 0 ? "release/1" : "main"),
      }),
      "absent",
    ),
  })),
);

function decideFor(ms: number): number {
  const start = performance.now();
  let decided = 0;
  let allowed = 0;
  while (performance.now() - start < ms) {
    for (const request of requests) if (decide(policy, request).verdict === "allowed") allowed += 1;
    decided += requests.length;
  }
  if (allowed * 2 !== decided) throw new Error(`${allowed} of ${decided} were allowed`);
  return (decided / (performance.now() - start)) * 1_000;
}

decideFor(WARM_UP_MS);
console.log(JSON.stringify({ perSecond: decideFor(MEASURED_MS) }));
