import type { ContextKeys } from "./context-keys";

/** One permission that a call needs. */
export interface RequiredPermission {
  readonly action: string;
  /** ARN, or `*` where the service names none; undefined: the door cannot tell which. */
  readonly resource?: string;
  /** The bucket whose policy has a say. */
  readonly bucket?: string;
  /** What AWS's denial calls the resource. Undefined: its ARN, in quotes. */
  readonly called?: string;
  /** Condition keys of this permission, beside those of the request and its caller. */
  readonly keys?: ContextKeys;
  /**
   * Beginnings of key names, in lower case: what begins so and is not in `keys` is certainly not
   * set.
   */
  readonly closed?: readonly string[];
}
