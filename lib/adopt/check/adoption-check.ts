/** What a plan does to something that is adopted, beyond importing it. */
export interface AdoptionProblem {
  readonly stack: string;
  /** Empty: it is the stack that could not be planned. */
  readonly address: string;
  /** Such as `update`, `create`, `delete+create`; `failed` for the plan itself. */
  readonly action: string;
  /** Such as `description`; empty: all of it. */
  readonly attribute: string;
  /** As JSON; undefined: not there, or not known. */
  readonly before?: string;
  readonly after?: string;
  /** What to put into access.yaml to make it vanish. */
  readonly fix: string;
}

/** What the plans of all stacks with something adopted in them say. */
export interface AdoptionCheck {
  /** `STACK/ADDRESS` that will be imported, and nothing else. */
  readonly imported: readonly string[];
  /** `STACK/ADDRESS` that the state has already. */
  readonly inState: readonly string[];
  /** `STACK/ADDRESS` that Terraform will forget, and leave in AWS. */
  readonly forgotten: readonly string[];
  /** Empty: the next deploy changes nothing of what is adopted or released. */
  readonly problems: readonly AdoptionProblem[];
}
