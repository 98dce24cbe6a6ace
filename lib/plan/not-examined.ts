import type { Phrase } from "../describe/phrase";

/**
 * Something that a plan or drift touches, that can change access, and that no comparison
 * examines.
 */
export interface NotExamined {
  /** What `--accept` takes. */
  readonly id: string;
  readonly stack: string;
  readonly address: string;
  /** The resource type, such as `aws_cloudformation_stack`. */
  readonly type: string;
  /**
   * Why it is not examined: its type is not, some arguments are not, its tags, its provisioners, or
   * what reading it does.
   */
  readonly what: "type" | "arguments" | "tags" | "provisioners" | "read";
  /**
   * `plan`: this plan does it. `drift`: it was done outside of Terraform. `deferred`: it is left
   * for a later plan.
   */
  readonly source: "plan" | "drift" | "deferred";
  /** What is done, such as `create`, and what the resource can do to access. */
  readonly reason: Phrase;
}

/** An action that a provider runs beside the changes of resources (Terraform 1.14). */
export interface ActionInvocation {
  /** What `--accept` takes. */
  readonly id: string;
  readonly address: string;
  /** Such as `aws_lambda_invoke`. */
  readonly type: string;
  /** When it runs, such as: after_create of `aws_instance.web`. */
  readonly trigger: Phrase;
  /**
   * `none`: it is known not to affect access. `unknown`: its effect could not be determined from
   * the plan.
   */
  readonly effect: "none" | "unknown";
  /** Why it is deferred to a later plan; undefined: it is not. */
  readonly deferred?: Phrase;
}
