import { readFileSync } from "node:fs";
import { providerVersionRule } from "../config/rules/provider-version";
import { readYaml } from "../config/yaml/yaml-source";
import { lookUp } from "../config/yaml/yaml-tree";
import { accessFile } from "../project/project-root";
import { chooseProvider, constraintOf, type ProviderChoice } from "./provider-choice";

/**
 * The AWS provider of the user's project: `OIDC_PROVIDER_VERSION`, else `terraform.awsProvider` of
 * access.yaml, else the default. A file that is missing or invalid is not an error here:
 * `readAccess` reports it, and commands without access.yaml need a provider too.
 * @throws ProjectError `provider-version-variable` (exit 2)
 */
export function projectProvider(env: NodeJS.ProcessEnv): ProviderChoice {
  return chooseProvider(constraintOf(env) ?? constraintIn(textOf(accessFile(env))));
}

function constraintIn(text: string): string | undefined {
  // Most files do not have the key, and parsing a large one takes a second.
  if (!text.includes("awsProvider")) return undefined;
  const constraint = lookUp(readYaml(text).root, ["terraform", "awsProvider"]).value;
  return typeof constraint === "string" && providerVersionRule(constraint) === undefined
    ? constraint
    : undefined;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
