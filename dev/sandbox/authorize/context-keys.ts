import type { IncomingMessage } from "node:http";
import type { KeyState } from "../../../lib/iam/evaluate/request";
import { header } from "../http/headers";

/** Keys with their values, as `requestKeys` takes them. */
export type ContextKeys = readonly (readonly [key: string, value: string | readonly string[] | KeyState])[];

/** A key that the request certainly does not set. */
export const ABSENT: KeyState = { state: "absent" };

/** A moment as AWS writes it, in whole seconds. @param ms since 1970 */
export function isoSeconds(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+/, "");
}

/**
 * Global condition keys that any request sets or certainly does not ("AWS global condition context
 * keys"). A call to the door counts as TLS. Keys that are not listed are left open: nothing is let
 * through on a guess.
 * @param now milliseconds since 1970
 */
export function globalContextKeys(request: IncomingMessage, region: string, now: number): ContextKeys {
  const [agent, referer] = [header(request, "user-agent"), header(request, "referer")];
  return [
    ["aws:SecureTransport", "true"],
    ["aws:SourceIp", request.socket.remoteAddress?.replace(/^::ffff:/, "") ?? "127.0.0.1"],
    ["aws:CurrentTime", isoSeconds(now)],
    ["aws:EpochTime", String(Math.floor(now / 1_000))],
    ["aws:RequestedRegion", region],
    ["aws:UserAgent", agent ?? ABSENT],
    ["aws:Referer", referer ?? ABSENT],
    ["aws:ViaAWSService", "false"],
    ["aws:PrincipalIsAWSService", "false"],
    // The sandbox's account is in no organization, its calls come through no VPC and on nobody's
    // behalf.
    ...[
      ...["aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:ResourceOrgID", "aws:ResourceOrgPaths"],
      ...["aws:SourceVpc", "aws:SourceVpce", "aws:VpcSourceIp", "aws:SourceVpcArn"],
      ...["aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths"],
      ...["aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast", "aws:SourceIdentity"],
      ...["aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge", "sts:SourceIdentity"],
      ...["aws:PrincipalServiceName", "aws:PrincipalServiceNamesList"],
    ].map((key) => [key, ABSENT] as const),
  ];
}
