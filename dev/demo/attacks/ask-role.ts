import { XMLParser } from "fast-xml-parser";
import { z } from "zod";
import { requestLocal } from "../../sandbox/http/local-request";

/** What AWS says to somebody who shows a token and wants a role. */
export type RoleAnswer =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly code: string; readonly message: string };

const faultSchema = z.object({
  ErrorResponse: z.object({ Error: z.object({ Code: z.string(), Message: z.string() }) }),
});
const parser = new XMLParser({ parseTagValue: false });

/**
 * AssumeRoleWithWebIdentity in plain HTTP, as anybody can send it who holds a token: the call is
 * not signed.
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
