import type { ActionCatalogue } from "./action-details";
import type { AwsPolicies } from "./managed-policies";

/** What this version knows of AWS, as of a day. */
export interface AwsData extends AwsPolicies {
  /** Undefined: wildcards are not counted, and no action is known or unknown. */
  readonly actions?: ActionCatalogue;
}
