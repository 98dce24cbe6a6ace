import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";

export interface RemovedBlockProps {
  /** The address that a resource had in this stack, which must not be declared any more. */
  readonly from: string;
}

/**
 * Terraform removes a resource from its state and keeps the object in AWS. Ignored if the state
 * does not have the resource (Terraform docs, "removed block").
 */
export class RemovedBlock extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: RemovedBlockProps,
  ) {
    super(scope, id);
  }

  override toTerraform(): unknown {
    return { removed: [{ from: this.props.from, lifecycle: { destroy: false } }] };
  }
}
