import { type CallerIdentity, callerIdentity, callerUnknown } from "../../../aws/caller";
import type { Access, Account } from "../../../config/model/model";
import { type CheckResult, good, warning, wrong } from "./check-result";

/**
 * AWS rejects requests whose time stamp is further off (IAM User Guide, "Signing AWS API
 * requests"): 5 minutes, in milliseconds.
 */
const MAXIMUM_SKEW_MS = 5 * 60_000;
const WARN_SKEW_MS = 60_000;

export interface Caller {
  readonly arn: string;
  readonly account: Account;
}

interface CallerResults {
  readonly results: readonly CheckResult[];
  /** Undefined: the credentials are not those of an account to check. */
  readonly caller?: Caller;
}

/**
 * Whose credentials these are, to which account of the file they belong, and how far this machine's
 * clock differs from AWS's.
 * @param key of the account to check; undefined: the account of the credentials
 */
export async function checkCaller(access: Access, key: string | undefined): Promise<CallerResults> {
  const [first] = access.accounts;
  const wanted = access.accounts.find((account) => account.key === key);
  try {
    const identity = await callerIdentity((wanted ?? first)?.region ?? "us-east-1");
    return callerResults(access, wanted, identity);
  } catch (error) {
    const { code, message, fix = "" } = callerUnknown(error);
    return { results: [wrong(code === "aws-unreachable" ? "AWS" : "credentials", message, fix)] };
  }
}

function callerResults(
  { accounts }: Access,
  wanted: Account | undefined,
  { account: id, arn = "", date }: CallerIdentity,
): CallerResults {
  const account = accounts.find((one) => one.id === id);
  if (account === undefined || (wanted !== undefined && wanted !== account)) {
    const expected = (wanted === undefined ? accounts : [wanted]).map((one) => `${one.key} (${one.id})`);
    const detail = `${arn} belongs to account ${id ?? "(unknown)"}, not to ${expected.join(" or ")}`;
    const fix = "use credentials for that account: aws sso login, or AWS_PROFILE";
    return { results: [wrong("credentials", detail, fix), ...clockResult(date)] };
  }
  return {
    results: [
      good("credentials", arn),
      good("account", `${account.key} (${account.id}), ${account.region}`),
      ...clockResult(date),
    ],
    caller: { arn, account },
  };
}

function clockResult(date: string | undefined): readonly CheckResult[] {
  const there = Date.parse(date ?? "");
  if (Number.isNaN(there)) return [];
  const skew = Math.abs(Date.now() - there);
  const detail = `${Math.round(skew / 1_000)} s difference from AWS`;
  if (skew < WARN_SKEW_MS) return [good("clock", detail)];
  const fix = "synchronize this machine's clock (NTP): AWS rejects requests that are 5 minutes off";
  return [skew < MAXIMUM_SKEW_MS ? warning("clock", detail, fix) : wrong("clock", detail, fix)];
}
