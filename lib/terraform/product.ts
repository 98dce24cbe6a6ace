/** The programs that can run the stacks. OpenTofu, a fork of Terraform, has the same commands. */
export type Product = "Terraform" | "OpenTofu";

interface ProductFacts {
  /** Its program. */
  readonly command: string;
  /** The first release with stable S3 locking (`use_lockfile`). */
  readonly leastVersion: string;
  /** Host of the registry of a provider source without one, such as `hashicorp/aws`. */
  readonly registry: string;
}

/**
 * Versions: the changelogs of Terraform 1.11 and OpenTofu 1.10. Hosts: `internal/addrs`,
 * `DefaultProviderRegistryHost`.
 */
export const PRODUCTS: Readonly<Record<Product, ProductFacts>> = {
  Terraform: { command: "terraform", leastVersion: "1.11.0", registry: "registry.terraform.io" },
  OpenTofu: { command: "tofu", leastVersion: "1.10.0", registry: "registry.opentofu.org" },
};

/** The AWS provider's address, as CLI configurations, lock files, plans and states name it. */
export function awsProviderAddress(product: Product): string {
  return `${PRODUCTS[product].registry}/hashicorp/aws`;
}
