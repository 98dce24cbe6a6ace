/** A `.tf.json` configuration that only requires the AWS provider. */
export function awsProviderAlone(version: string): string {
  return JSON.stringify({ terraform: { required_providers: { aws: { source: "hashicorp/aws", version } } } });
}

/** A Terraform release and the hashes of its archives. */
export interface TerraformRelease {
  readonly version: string;
  /** SHA-256 of `terraform_<version>_<platform>.zip`. */
  readonly sha256: Readonly<Record<string, string>>;
}

/**
 * The release that is downloaded if no supported version is found. Hashes: HashiCorp's Homebrew
 * tap, in agreement with Arch, Chromebrew and Nix.
 */
export const PINNED_TERRAFORM: TerraformRelease = {
  version: "1.11.4",
  sha256: {
    linux_amd64: "1ce994251c00281d6845f0f268637ba50c0005657eb3cf096b92f753b42ef4dc",
    linux_arm64: "a43d1d0da9b9bab214a8305a39db0e40869572594ccf50c416a7756499143633",
    darwin_amd64: "a56d5002b9f7647291faccc3dd1a70350e60fb61e4c45037629508b8fdc2575b",
    darwin_arm64: "867e0808fa971217043e25b7a792b10720c79b1546f8a68479b74f138be73e18",
  },
};

/** This platform as Terraform names it, such as `linux_amd64`. */
export function terraformPlatform(platform: string = process.platform, arch: string = process.arch): string {
  return `${platform}_${arch === "x64" ? "amd64" : arch}`;
}
