import type { Access } from "../config/model/model";
import { AccessFileError } from "../config/yaml/problem";
import { readYaml } from "../config/yaml/yaml-source";
import type { Product } from "../terraform/product";
import { accessFile } from "./project-root";
import { readAccessText } from "./read-access";

/**
 * Refuses a program that cannot read encrypted states.
 * @param file where `access` comes from
 * @throws AccessFileError (exit 2) with each account that encrypts its state, unless OpenTofu runs
 */
export function requireOpenTofu(
  { accounts }: Pick<Access, "accounts">,
  product: Product,
  file: string = accessFile(),
): void {
  const encrypted = accounts.filter(({ stateEncryption }) => stateEncryption !== undefined);
  if (encrypted.length === 0 || product === "OpenTofu") return;
  const source = readYaml(readAccessText(file));
  for (const { key } of encrypted)
    source.atKey(["accounts", key, "state", "encryption"], {
      code: "encryption-needs-opentofu",
      message: "encryption needs OpenTofu",
      found: product,
      allowed: "OpenTofu 1.10.0 or later",
      fix: "install OpenTofu and set TERRAFORM_BINARY_NAME=tofu, or remove `encryption`",
    });
  throw new AccessFileError(file, source.problems);
}
