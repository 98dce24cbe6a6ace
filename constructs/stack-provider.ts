import { AwsProvider, type AwsProviderConfig } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";

/**
 * The AWS provider of a stack, with the project's version. The bindings would require the version
 * that they were generated from, but what the stacks declare is the same for versions 5.100 and 6.
 */
export class StackProvider extends AwsProvider {
  /** @param constraint a version or version constraint, as `required_providers` has it */
  constructor(
    scope: Construct,
    id: string,
    config: AwsProviderConfig,
    private readonly constraint: string,
  ) {
    super(scope, id, config);
  }

  /** Without the 40 arguments that are not set, which cdktf would convert one by one. */
  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return Object.fromEntries(
      Object.entries(super.synthesizeAttributes()).filter(([, value]) => value !== undefined),
    );
  }

  override toTerraform() {
    const { terraform, ...rest } = super.toTerraform();
    const { aws } = terraform.required_providers;
    return { ...rest, terraform: { required_providers: { aws: { ...aws, version: this.constraint } } } };
  }
}
