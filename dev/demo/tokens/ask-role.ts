import { XMLParser } from "fast-xml-parser";
import { z } from "zod";
import type { Answer } from "../../../lib/explain/answer";
import { requestLocal } from "../../sandbox/http/local-request";

/** AWS's answer to a token that is sent for a role. */
export type RoleAnswer =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly code: string; readonly message: string };

const faultSchema = z.object({
  ErrorResponse: z.object({ Error: z.object({ Code: z.string(), Message: z.string() }) }),
});
const parser = new XMLParser({ parseTagValue: false });

/**
 * AssumeRoleWithWebIdentity in plain HTTP, as anyone with a token can send it: the call is not
 * signed.
 * @param endpoint the sandbox's
 * @throws Error if the answer is neither credentials nor one of AWS's errors
 */
export async function askRole(endpoint: string, roleArn: string, token: string): Promise<RoleAnswer> {
  const form = new URLSearchParams({
    Action: "AssumeRoleWithWebIdentity",
    Version: "2011-06-15",
    RoleArn: roleArn,
    RoleSessionName: "demo",
    WebIdentityToken: token,
  });
  const { status, body } = await requestLocal(`${endpoint}/`, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: Buffer.from(form.toString()),
  });
  const text = body.toString("utf8");
  if (status === 200 && text.includes("<SessionToken>")) return { allowed: true };
  const { Code: code, Message: message } = faultSchema.parse(parser.parse(text)).ErrorResponse.Error;
  return { allowed: false, code, message };
}

/** One token that was sent to AWS for one role. */
export interface Tried {
  readonly answer: RoleAnswer;
  /** The answer that the policy's text gives. */
  readonly explained: Answer;
}

/** Whether AWS and the policy's text agree. */
export function doAgree({ answer, explained }: Tried): boolean {
  return answer.allowed === (explained.decision === "allow");
}
