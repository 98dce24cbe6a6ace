import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";

export interface ImportBlockProps {
  /** A resource's address in this stack, such as `aws_s3_bucket.state`. */
  readonly to: string;
  /** The provider's import id of the object that exists. */
  readonly id: string;
}

/**
 * Terraform takes an object that exists into its state instead of creating it; ignored once it is
 * there, an error if the object is not (Terraform docs, "import block"). Not cdktf's `importFrom`:
 * that makes every synth ask for a terraform binary.
 */
export class ImportBlock extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ImportBlockProps,
  ) {
    super(scope, id);
  }

  override toTerraform(): unknown {
    return { import: [{ to: this.props.to, id: this.props.id }] };
  }
}
