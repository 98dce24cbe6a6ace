import {
  compareVersions,
  DEFAULT_AWS_PROVIDER,
  providerVersionRule,
  versionOf,
} from "../../lib/config/rules/provider-version";
import type { Product } from "../../lib/terraform/product";
import { chooseProvider, constraintOf, type ProviderChoice } from "../../lib/terraform/provider-choice";
import { mirroredVersions } from "../../lib/terraform/provider-mirror";

/**
 * The AWS provider that tests run: `OIDC_PROVIDER_VERSION`; else the default, if a mirror of this
 * machine contains it or none contains any; else the newest that a mirror contains.
 * @param product whose mirrors are read
 * @param roots as `findMirror`
 * @throws ProjectError `provider-version-variable`
 */
export function machineProvider(
  env: NodeJS.ProcessEnv,
  product: Product,
  roots?: readonly string[],
): ProviderChoice {
  const named = constraintOf(env);
  if (named !== undefined) return chooseProvider(named);
  const known = mirroredVersions(env, product, roots).filter(
    (version) => providerVersionRule(version) === undefined,
  );
  const [newest] = [...known].sort((left, right) => compareVersions(versionOf(right), versionOf(left)));
  return chooseProvider(known.includes(DEFAULT_AWS_PROVIDER) ? DEFAULT_AWS_PROVIDER : newest);
}
