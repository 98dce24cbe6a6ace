import type { IncomingMessage } from "node:http";
import type { KeyState } from "../../../lib/iam/evaluate/request";
import { header } from "../http/headers";

/** Context keys with their values, as `requestKeys` expects them. */
export type ContextKeys = readonly (readonly [key: string, value: string | readonly string[] | KeyState])[];

/** The request does not have the key. */
export const ABSENT: KeyState = { state: "absent" };

/** Formats a time as AWS does, in whole seconds. @param ms since 1970 */
export function isoSeconds(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+/, "");
}

/**
 * Global condition keys that are known to be present in the request or absent from it ("AWS global
 * condition context keys"). A connection to the proxy counts as TLS. All other keys stay open: a
 * decision that depends on one is a denial.
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
    // The sandbox's account does not belong to an organization. No call comes from a VPC or on
    // behalf of another principal.
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
