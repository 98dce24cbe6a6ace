import { AWS_PROVIDER_VERSION } from "./versions";

/**
 * A configuration that needs the AWS provider and has nothing else in it: the contents of a
 * `.tf.json` file.
 */
export const AWS_PROVIDER_ALONE = {
  terraform: { required_providers: { aws: { source: "hashicorp/aws", version: AWS_PROVIDER_VERSION } } },
};
