import { quoted } from "../../describe/phrase";
import type { MaskedChange } from "../../plan/masked-plan";
import type { References } from "../../plan/references";
import type { Source } from "../../plan/resources";
import { coverageOf } from "./coverage";
import { NOTHING_DONE, type Open } from "./open";

/**
 * Write-only arguments that hold the value of a secret, a parameter or a password: data, which is
 * not access (AWS provider 5.100 and 6: no others).
 */
const SECRET_VALUES = /^(?:(?:[a-z_]+_)?password|secret_string|value)_wo$/;

/**
 * Write-only arguments (Terraform 1.11) of examined resources: a plan never has their values. By
 * convention they end in `_wo`, and an update writes them when their `…_wo_version` changes
 * (https://developer.hashicorp.com/terraform/plugin/framework/resources/write-only-arguments).
 */
export function writeOnly(references: References, changed: MaskedChange, source: Source): readonly Open[] {
  const { resource, change, differs } = changed;
  const { mode, type, provider_name: provider, address } = resource;
  if (mode !== "managed" || source === "drift" || NOTHING_DONE.has(change.action)) return [];
  if (change.action === "destroy" || coverageOf(type, provider).verdict !== "examined") return [];
  const names = (references.configured(address) ?? []).filter(
    (name) => name.endsWith("_wo") && !SECRET_VALUES.test(name),
  );
  const isWritten = (name: string): boolean =>
    change.action !== "update" || source === "deferred" || differs(`${name}_version`);
  return names.filter(isWritten).map((name) => ({
    what: "arguments",
    reason: [quoted(name), ", which is write-only: a plan never has its value"],
  }));
}
