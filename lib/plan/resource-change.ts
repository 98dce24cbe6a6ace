import type { Phrase } from "../describe/phrase";
import type { Action } from "./actions";

/** What Terraform does with a resource, or what was done with it outside of Terraform. */
export interface ResourceChange {
  /** The same for the same change, whenever it is planned: what `--accept` takes. */
  readonly id: string;
  readonly address: string;
  /** Where it was before a move. */
  readonly previousAddress?: string;
  readonly action: Action;
  /** What it is imported by. */
  readonly importId?: string;
  /**
   * Why Terraform does it, or leaves it for later, where that is not plain from the configuration.
   */
  readonly reason?: Phrase;
  /** Sorted by path. Of something that is created or destroyed: all that is known of it. */
  readonly attributes: readonly AttributeChange[];
  /** Paths of attributes that force a replacement, such as `name`; sorted. */
  readonly replacedFor: readonly string[];
}

/** One attribute, or a part of one, that differs. */
export interface AttributeChange {
  /** Such as `tags.team` or `rule[0].status`. */
  readonly path: string;
  readonly before: ShownValue;
  readonly after: ShownValue;
  /**
   * Of a JSON policy: what becomes of its statements. Empty, also of any other JSON in a text: it
   * says the same, written differently.
   */
  readonly statements?: readonly StatementChange[];
}

/** A value as it may be shown: what is sensitive is not in it, nor in any text that holds it. */
export type ShownValue =
  | { readonly kind: "absent" }
  /** As JSON, without quotes if it is a text. */
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "known-after-apply" }
  | { readonly kind: "sensitive" };

export interface StatementChange {
  readonly effect: "added" | "removed" | "changed";
  /** Its Sid, or `Statement[1]`. */
  readonly name: string;
  /** The statement line by line: `+` is new, `-` goes away. */
  readonly lines: readonly { readonly mark: "+" | "-" | " "; readonly text: string }[];
}

export interface OutputChange {
  readonly name: string;
  readonly action: "create" | "update" | "destroy";
  readonly before: ShownValue;
  readonly after: ShownValue;
}

/**
 * A `check` block, a precondition or postcondition, or a variable's validation that does not hold,
 * or is not known to.
 */
export interface FailedCheck {
  /** Such as `check.health` or `aws_s3_bucket.site`. */
  readonly address: string;
  readonly status: "fail" | "error" | "unknown";
  /** The messages that the configuration gives. */
  readonly problems: readonly string[];
}
