import type { Comparison } from "./examined";

/** What a review knows of a resource type: exactly one of three. */
export type Coverage =
  | {
      /** What of it can matter for access is compared. */
      readonly verdict: "examined";
      readonly by: readonly Comparison[];
      /** Arguments that can change access and that no comparison looks at. */
      readonly besides: readonly string[];
    }
  | { readonly verdict: "no-access"; readonly why: string }
  | {
      readonly verdict: "not-examined";
      /** What it can do; undefined: the table does not know the type. */
      readonly why?: string;
      /** The only arguments that can change access; undefined: any change may. */
      readonly by?: readonly string[];
    };
