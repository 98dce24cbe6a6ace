import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { createStsClient } from "../../../aws/clients";
import type { Access, Account } from "../../../config/model/model";
import { type CheckResult, good, wrong } from "./check-result";

/**
 * AWS refuses requests whose time is further off (IAM User Guide, "Signing AWS API requests"): 5
 * minutes, in milliseconds.
 */
const MOST_OFF_MS = 5 * 60_000;
const DOUBTFUL_MS = 60_000;

export interface Caller {
  readonly arn: string;
  readonly account: Account;
}

/**
 * Who the credentials at hand are, in which account of the file, and how far this machine's clock
 * is off AWS's.
 */
export async function checkCaller(
  access: Access,
  key: string | undefined,
): Promise<{ readonly results: readonly CheckResult[]; readonly caller?: Caller }> {
  const [first] = access.accounts;
  const wanted = access.accounts.find((account) => account.key === key);
  const sts = createStsClient({ region: (wanted ?? first)?.region ?? "us-east-1", maxAttempts: 2 });
  let date: string | undefined;
  sts.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      const { response } = answer;
      if (typeof response === "object" && response !== null && "headers" in response)
        date = dateIn(response.headers);
      return answer;
    },
    { step: "deserialize", name: "clock", priority: "low" },
  );
  try {
    const { Account: id, Arn: arn = "" } = await sts.send(new GetCallerIdentityCommand({}));
    const clock = clockResult(date);
    const account = access.accounts.find((one) => one.id === id);
    if (account === undefined || (wanted !== undefined && wanted !== account)) {
      const known = access.accounts.map((one) => `${one.key} (${one.id})`).join(", ");
      const detail = `${arn} is in account ${id ?? "unknown"}, and ${wanted === undefined ? `the file has ${known}` : `${wanted.key} is ${wanted.id}`}`;
      return {
        results: [
          wrong("credentials", detail, "sign in to the right account: aws sso login, or AWS_PROFILE"),
          ...clock,
        ],
      };
    }
    return {
      results: [
        good("credentials", arn),
        good("account", `${account.key} (${account.id}), ${account.region}`),
        ...clock,
      ],
      caller: { arn, account },
    };
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return {
      results: [
        wrong("credentials", reason, "aws sso login, or AWS_PROFILE; then: aws sts get-caller-identity"),
      ],
    };
  } finally {
    sts.destroy();
  }
}

function dateIn(headers: unknown): string | undefined {
  if (typeof headers !== "object" || headers === null || !("date" in headers)) return undefined;
  return typeof headers.date === "string" ? headers.date : undefined;
}

function clockResult(date: string | undefined): readonly CheckResult[] {
  const there = Date.parse(date ?? "");
  if (Number.isNaN(there)) return [];
  const off = Math.abs(Date.now() - there);
  const seconds = `${Math.round(off / 1_000)} s off AWS's`;
  if (off < DOUBTFUL_MS) return [good("clock", seconds)];
  const fix = "set this machine's clock by the network (NTP): tokens and signatures are good for minutes";
  return [
    off < MOST_OFF_MS ? { ...wrong("clock", seconds, fix), isHarmless: true } : wrong("clock", seconds, fix),
  ];
}
