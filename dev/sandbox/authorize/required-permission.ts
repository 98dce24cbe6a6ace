import type { ContextKeys } from "./context-keys";

/** A permission that a call requires. */
export interface RequiredPermission {
  readonly action: string;
  /**
   * ARN, or `*` for actions without a resource. Undefined: the proxy cannot determine the resource.
   */
  readonly resource?: string;
  /** The bucket whose policy applies. */
  readonly bucket?: string;
  /** The resource's name in AWS's error message. Undefined: the ARN in quotes. */
  readonly called?: string;
  /** Context keys of this permission, in addition to those of the request and the requester. */
  readonly keys?: ContextKeys;
  /**
   * Prefixes of context keys, in lower case. A key with such a prefix that is not in `keys` is
   * absent from the request.
   */
  readonly closed?: readonly string[];
}
