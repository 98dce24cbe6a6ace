import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";

export interface RemovedBlockProps {
  /** The address that a resource had in this stack; nothing may stand there any more. */
  readonly from: string;
}

/**
 * Terraform forgets a resource and leaves the object in AWS; ignored where the state does not know
 * it (Terraform docs, "removed block").
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
