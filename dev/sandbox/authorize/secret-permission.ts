import { z } from "zod";
import { requestMoto } from "../moto/moto-request";
import type { Exchange } from "../protocol/exchange";
import type { RequiredPermission } from "./required-permission";

const describedSchema = z.object({ ARN: z.string() });

/**
 * The permission of a call that reads one secret. The secret's ARN ends in random characters, which
 * moto knows; the resource of a secret that does not exist stays open.
 */
export async function secretPermission(
  action: string,
  secretId: unknown,
  region: string,
  { moto }: Pick<Exchange, "moto">,
): Promise<RequiredPermission> {
  if (typeof secretId !== "string" || secretId === "") return { action };
  const answer = await requestMoto(moto, {
    method: "POST",
    path: "/",
    service: "secretsmanager",
    region,
    type: "application/x-amz-json-1.1",
    target: "secretsmanager.DescribeSecret",
    body: Buffer.from(JSON.stringify({ SecretId: secretId })),
  });
  if (answer.status !== 200) return { action };
  const described = describedSchema.safeParse(JSON.parse(answer.body.toString("utf8")));
  return { action, ...(described.success ? { resource: described.data.ARN } : {}) };
}
