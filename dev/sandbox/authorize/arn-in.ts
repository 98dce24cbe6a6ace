import type { RequiredPermission } from "./required-permission";

/** Where a call goes. */
export interface Place {
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
}

/**
 * The ARN of a resource that a request calls by its name. Undefined for anything else, such as an
 * ARN of another account, since moto would read it in its own way.
 */
export function arnIn(
  service: string,
  { account, region }: Place,
  name: unknown,
  resource: (name: string) => string,
): Pick<RequiredPermission, "resource"> {
  if (typeof name !== "string" || !/^[A-Za-z0-9_./-]+$/.test(name)) return {};
  return { resource: `arn:aws:${service}:${region}:${account}:${resource(name)}` };
}
