import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import type { AccessChange } from "../../lib/diff/model/access-change";
import { repositoryRoot } from "../../lib/programs/cache";
import { trialsOf } from "../../lib/report/rows/commands";
import { inQuotes, jsonInQuotes } from "../../lib/report/rows/shell-lines";
import { prepareTools } from "../../lib/terraform/prepare";
import { anAccess } from "../fixtures/access";
import { cases } from "../iam/automata/cases";
import { change, plan, reviewPlan, trustFor } from "../plan/a-plan";

// The evidence is there to be copied: it is run by a shell, as it is printed.

const ALLOW = {
  Version: "2012-10-17",
  Statement: {
    Effect: "Allow",
    Action: "s3:GetObject",
    // A name that a shell would take apart.
    Resource: "arn:aws:s3:::acme/it's $(here)/*",
    Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
  },
};

/** What AWS's simulator was asked, as form fields; it answers as IAM does. */
let asked: URLSearchParams;
let simulator: Server;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "commands-"));
  simulator = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      asked = new URLSearchParams(body);
      response.setHeader("content-type", "text/xml");
      response.end(
        `<SimulateCustomPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><SimulateCustomPolicyResult><IsTruncated>false</IsTruncated><EvaluationResults><member><EvalActionName>${asked.get("ActionNames.member.1")}</EvalActionName><EvalDecision>allowed</EvalDecision></member></EvaluationResults></SimulateCustomPolicyResult></SimulateCustomPolicyResponse>`,
      );
    });
  });
  await new Promise<void>((resolve) => simulator.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  simulator.close();
  rmSync(folder, { recursive: true });
});

const changes = (): readonly AccessChange[] =>
  reviewPlan(
    plan([
      change("aws_iam_role.deploy", null, { name: "deploy", assume_role_policy: trustFor() }),
      change("aws_iam_role_policy.site", null, {
        role: "deploy",
        name: "site",
        policy: JSON.stringify(ALLOW),
      }),
    ]),
    "main-website",
    anAccess(),
  ).access;

const commandOf = (aspect: string): string =>
  changes()
    .filter((one) => one.aspect === aspect)
    .flatMap((one) => trialsOf(one).flatMap(({ setUp, commands }) => [...setUp, ...commands]))
    .join("\n");

async function run(script: string, cwd: string): Promise<string> {
  const { environment } = await prepareTools(["aws"]);
  const { port } = simulator.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    execFile(
      "sh",
      ["-c", script],
      {
        cwd,
        env: {
          ...process.env,
          ...environment,
          AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
          AWS_ACCESS_KEY_ID: "x",
          AWS_SECRET_ACCESS_KEY: "x",
          AWS_REGION: "us-east-1",
          AWS_DEFAULT_REGION: "us-east-1",
          AWS_PAGER: "",
        },
      },
      (error, stdout, stderr) =>
        error === null ? resolve(stdout) : reject(new Error(`${error.message}${stderr}`)),
    );
  });
}

test("a call: AWS's simulator gets the planned policy, the call and the condition keys", async () => {
  expect(await run(commandOf("permissions"), folder)).toBe("s3:GetObject\tallowed\n");
  expect(asked.get("Action")).toBe("SimulateCustomPolicy");
  expect(JSON.parse(asked.get("PolicyInputList.member.1") ?? "")).toEqual(ALLOW);
  expect(asked.get("ResourceArns.member.1")).toMatch(/^arn:aws:s3:::acme\/it's \$\(here\)\//);
  expect(asked.get("ContextEntries.member.1.ContextKeyName")).toBe("aws:SourceIp");
  expect(asked.get("ContextEntries.member.1.ContextKeyType")).toBe("ip");
  expect(asked.get("ContextEntries.member.1.ContextKeyValues.member.1")).toMatch(/^203\.0\.113\./);
});

test("a token: explain says that the planned trust policy allows it", async () => {
  // `npm run` finds the project from its folder; the policy is written beside it.
  const script = commandOf("trust").replaceAll("trust.json", path.join(folder, "trust.json"));
  expect(await run(script, repositoryRoot)).toMatch(/: allowed: /);
});

test("a long policy is on several lines of at most 100 columns, and the same word for a shell", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (text) => {
      const compact = JSON.stringify(JSON.parse(text));
      const word = jsonInQuotes(compact);
      expect(JSON.stringify(JSON.parse(word.slice(1, -1).replaceAll("'\\''", "'")))).toBe(compact);
    }),
    cases(200, 20_000),
  );
  const policy = JSON.stringify({
    Statement: Array.from({ length: 9 }, () => ({ Effect: "Allow", Action: "s3:*" })),
  });
  const lines = jsonInQuotes(policy).split("\n");
  expect(lines.length).toBeGreaterThan(2);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(100);
  expect(jsonInQuotes("not JSON, ".repeat(20))).toBe(inQuotes("not JSON, ".repeat(20)));
});
