/** The part of Terraform's plan JSON that the tests look at. */
export interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

/** `update aws_iam_role.deploy`, for all that a plan would change, sorted. */
export function changesOf(plan: PlanJson): readonly string[] {
  return (plan.resource_changes ?? [])
    .filter(({ change }) => change.actions.join() !== "no-op")
    .map(({ address, change }) => `${change.actions.join("+")} ${address}`)
    .sort();
}
