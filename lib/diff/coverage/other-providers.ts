import type { Coverage } from "./kinds";

/**
 * Resource types of other providers that do not affect access to AWS, by reason; all others are not
 * examined.
 */
const NO_ACCESS: Readonly<Record<string, readonly string[]>> = {
  "random values (hashicorp/random)": [
    ...["random_bytes", "random_id", "random_integer", "random_password", "random_pet", "random_shuffle"],
    ...["random_string", "random_uuid"],
  ],
  "time (hashicorp/time)": ["time_offset", "time_rotating", "time_sleep", "time_static"],
  "keys and certificates that nothing trusts by itself (hashicorp/tls)": [
    ...["tls_cert_request", "tls_locally_signed_cert", "tls_private_key", "tls_self_signed_cert"],
  ],
  "files of the machine that applies (hashicorp/archive, hashicorp/local)": [
    ...["archive_file", "local_file", "local_sensitive_file"],
  ],
  "does nothing without provisioners (hashicorp/null, terraform.io/builtin/terraform)": [
    ...["null_resource", "terraform_data"],
  ],
  "texts (hashicorp/cloudinit)": ["cloudinit_config"],
};

export const OTHER_PROVIDERS: ReadonlyMap<string, Coverage> = new Map(
  Object.entries(NO_ACCESS).flatMap(([why, types]) =>
    types.map((type) => [type, { verdict: "no-access", why }] as const),
  ),
);
