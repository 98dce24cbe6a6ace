/** A planned change of an adopted or released object, other than its import. */
export interface AdoptionProblem {
  readonly stack: string;
  /** Empty: the stack could not be planned. */
  readonly address: string;
  /** Such as `update`, `create`, `delete+create`; `failed` for the plan itself. */
  readonly action: string;
  /** Such as `description`; empty: the whole resource. */
  readonly attribute: string;
  /** As JSON; undefined: absent or unknown. */
  readonly before?: string;
  readonly after?: string;
  /** The change of access.yaml that removes the problem. */
  readonly fix: string;
}

/** The plans of all stacks that import or forget anything. */
export interface AdoptionCheck {
  /** `STACK/ADDRESS` that is imported without changes. */
  readonly imported: readonly string[];
  /** `STACK/ADDRESS` that is already in the state. */
  readonly inState: readonly string[];
  /** `STACK/ADDRESS` that Terraform forgets and that stays in AWS. */
  readonly forgotten: readonly string[];
  /** Empty: the next deploy changes no adopted or released object. */
  readonly problems: readonly AdoptionProblem[];
}
