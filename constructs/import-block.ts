import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";

export interface ImportBlockProps {
  /** The resource's address in this stack, such as `aws_s3_bucket.state`. */
  readonly to: string;
  /** The import ID of the existing object, as the provider defines it. */
  readonly id: string;
}

/**
 * Terraform imports an existing object into its state. Ignored after the import; an error if the
 * object does not exist (Terraform docs, "import block"). cdktf's `importFrom` is not used, because
 * it makes every synth require a terraform binary.
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
