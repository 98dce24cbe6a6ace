import type { AwsCall } from "../protocol/aws-call";
import { arnIn, type Place } from "./arn-in";
import type { RequiredPermission } from "./required-permission";

interface RestOperation {
  readonly service: "cloudfront" | "lambda";
  readonly method: string;
  /** Its first group is the resource's name. */
  readonly path: RegExp;
  readonly action: string;
}

/**
 * Operations of services whose requests name them by method and path (AWS Lambda API Reference;
 * Amazon CloudFront API Reference, version 2020-05-31).
 */
const OPERATIONS: readonly RestOperation[] = [
  {
    service: "cloudfront",
    method: "POST",
    path: /^\/2020-05-31\/distribution\/([A-Z0-9]+)\/invalidation$/,
    action: "cloudfront:CreateInvalidation",
  },
  {
    service: "cloudfront",
    method: "GET",
    path: /^\/2020-05-31\/distribution\/([A-Z0-9]+)\/invalidation\/[A-Z0-9]+$/,
    action: "cloudfront:GetInvalidation",
  },
  {
    service: "lambda",
    method: "PUT",
    path: /^\/2015-03-31\/functions\/([A-Za-z0-9_-]+)\/code$/,
    action: "lambda:UpdateFunctionCode",
  },
  {
    service: "lambda",
    method: "GET",
    path: /^\/2015-03-31\/functions\/([A-Za-z0-9_-]+)\/configuration$/,
    action: "lambda:GetFunctionConfiguration",
  },
  {
    service: "lambda",
    method: "POST",
    path: /^\/2015-03-31\/functions\/([A-Za-z0-9_-]+)\/versions$/,
    action: "lambda:PublishVersion",
  },
  {
    service: "lambda",
    method: "PUT",
    path: /^\/2015-03-31\/functions\/([A-Za-z0-9_-]+)\/aliases\/[A-Za-z0-9_-]+$/,
    action: "lambda:UpdateAlias",
  },
];

/**
 * The permission of a REST call without a query. Undefined: the proxy does not know the operation.
 */
export function restPermission(
  { service, method, path, query }: Pick<AwsCall, "service" | "method" | "path" | "query">,
  place: Place,
): RequiredPermission | undefined {
  if ([...query].length > 0) return undefined;
  for (const operation of OPERATIONS) {
    if (operation.service !== service || operation.method !== method) continue;
    const name = operation.path.exec(path)?.[1];
    if (name === undefined) continue;
    const { action } = operation;
    // CloudFront is global: its ARNs have no region.
    return service === "cloudfront"
      ? { action, ...arnIn("cloudfront", { ...place, region: "" }, name, (id) => `distribution/${id}`) }
      : { action, ...arnIn("lambda", place, name, (one) => `function:${one}`) };
  }
  return undefined;
}
