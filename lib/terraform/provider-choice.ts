import {
  compareVersions,
  DEFAULT_AWS_PROVIDER,
  exactVersion,
  fitsVersion,
  providerVersionRule,
  versionOf,
} from "../config/rules/provider-version";
import { ProjectError } from "../errors";
import { AWS_PROVIDER_HASHES, awsProviderLock, pinnedHashes } from "./provider-hashes";

/** The AWS provider of a project. */
export interface ProviderChoice {
  /** A version or a version constraint, as `required_providers` has it. */
  readonly constraint: string;
  /** The version that every machine uses. Undefined: Terraform chooses one that fits. */
  readonly version?: string;
}

/**
 * The version for a constraint, the same on every machine: the only one that it allows; else the
 * default one, if it fits; else the newest that fits of those with pinned hashes.
 */
export function chooseProvider(constraint: string = DEFAULT_AWS_PROVIDER): ProviderChoice {
  const pinned = Object.keys(AWS_PROVIDER_HASHES).sort((left, right) =>
    compareVersions(versionOf(right), versionOf(left)),
  );
  const version =
    exactVersion(constraint) ?? [DEFAULT_AWS_PROVIDER, ...pinned].find((one) => fitsVersion(one, constraint));
  return version === undefined ? { constraint } : { constraint, version };
}

/**
 * The constraint of `OIDC_PROVIDER_VERSION`, which replaces the one in access.yaml for a whole run.
 * Undefined: the variable is not set.
 * @throws ProjectError `provider-version-variable` (exit 2)
 */
export function constraintOf({ OIDC_PROVIDER_VERSION: text }: NodeJS.ProcessEnv): string | undefined {
  if (text === undefined || text === "") return undefined;
  const violation = providerVersionRule(text);
  if (violation === undefined) return text;
  throw new ProjectError({
    code: "provider-version-variable",
    message: `OIDC_PROVIDER_VERSION: ${violation.message}: found ${text}, allowed: ${violation.allowed}`,
    found: text,
    fix: violation.fix,
    exitCode: 2,
  });
}

/**
 * The dependency lock file of a stack for Terraform, with every pinned hash of the provider's
 * version. Undefined: none is pinned, and `terraform init` records the hashes of what it downloads
 * first. OpenTofu takes the version from it, not the hashes (`internal/depsfile`,
 * `UpgradeFromPredecessorProject`).
 */
export function stackLock({ constraint, version }: ProviderChoice): string | undefined {
  const hashes = version === undefined ? undefined : pinnedHashes({ product: "Terraform", version });
  return version === undefined || hashes === undefined
    ? undefined
    : awsProviderLock({ product: "Terraform", version }, constraint, hashes);
}
