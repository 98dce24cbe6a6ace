import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Account } from "../config/model/model";
import { ProjectError } from "../errors";
import { createStsClient } from "./clients";

/**
 * Makes sure that the credentials at hand belong to the account. Nothing else is asked of AWS
 * before.
 * @returns the caller's ARN
 * @throws ProjectError `no-credentials`, `wrong-account`
 */
export async function checkCaller(account: Account): Promise<string> {
  const sts = createStsClient({ region: account.region });
  try {
    const { Account: found, Arn: arn } = await sts.send(new GetCallerIdentityCommand({}));
    if (found !== account.id || arn === undefined) {
      throw new ProjectError({
        code: "wrong-account",
        message: `account "${account.key}" is ${account.id}, but AWS answers as ${arn ?? "nobody"} in account ${found ?? "unknown"}`,
        found: found ?? "unknown",
        fix: `use credentials of account ${account.id} (AWS_PROFILE, aws sso login), or correct accounts.${account.key}.id in access.yaml`,
      });
    }
    return arn;
  } catch (error) {
    if (error instanceof ProjectError) throw error;
    throw new ProjectError({
      code: "no-credentials",
      message: `AWS does not say who is calling: ${error instanceof Error ? error.message : String(error)}`,
      fix: "sign in to AWS first (aws sso login, or AWS_PROFILE), and check with: aws sts get-caller-identity",
      cause: error,
    });
  } finally {
    sts.destroy();
  }
}
