import { createHash } from "node:crypto";
import { authoritiesOf } from "./authorities";
import { noProxyOf, proxyOf } from "./proxy";

/** Names of this machine, which Python's programs would otherwise ask a proxy for. */
const THIS_MACHINE = ["localhost", "127.0.0.1", "::1"];

/**
 * The variables by which other programs trust certificate authorities: Node (cdktf), the AWS CLI
 * and the AWS provider, Terraform on Linux (Go, https://pkg.go.dev/crypto/x509#SystemCertPool),
 * pip.
 */
const TRUST_VARIABLES = ["NODE_EXTRA_CA_CERTS", "AWS_CA_BUNDLE", "SSL_CERT_FILE", "PIP_CERT"] as const;

export interface ChildEnvironment {
  /** To add to the environment of every child. */
  readonly variables: Readonly<Record<string, string>>;
  /** To be written before a child starts: the file that `variables` name. */
  readonly bundle: { readonly file: string; readonly text: string } | undefined;
}

/**
 * What makes other programs connect as this project does. Each proxy is written in both spellings,
 * since programs disagree on which of two counts (Go takes the upper case, curl and Python the
 * lower case) and none but curl reads ALL_PROXY. Certificate authorities are written for programs
 * whose own variable is not set: one file with the usual authorities and the company's.
 * @param bundleFile names a file for the certificates with this hash
 * @throws ProjectError `ca-unreadable` (exit 2)
 */
export function childEnvironment(
  env: NodeJS.ProcessEnv,
  bundleFile: (hash: string) => string,
): ChildEnvironment {
  const authorities = authoritiesOf(env);
  const unset = TRUST_VARIABLES.filter((name) => (env[name] ?? "") === "");
  const proxies = proxyVariables(env);
  if (authorities === undefined || unset.length === 0) return { variables: proxies, bundle: undefined };
  const text = `${authorities.map((one) => one.trim()).join("\n")}\n`;
  const file = bundleFile(createHash("sha256").update(text).digest("hex"));
  const trust = Object.fromEntries(unset.map((name) => [name, file]));
  return { variables: { ...proxies, ...trust }, bundle: { file, text } };
}

function proxyVariables(env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const kinds = (["http", "https"] as const).flatMap((kind) => {
    const proxy = proxyOf(kind, env);
    return proxy === undefined ? [] : [[`${kind}_proxy`, proxy] as const];
  });
  if (kinds.length === 0) return {};
  const given = noProxyOf(env);
  const listed = new Set(given.split(/[\s,]+/));
  const missing = listed.has("*") ? [] : THIS_MACHINE.filter((name) => !listed.has(name));
  const all = [...kinds, ["no_proxy", [given, ...missing].filter((part) => part !== "").join(",")] as const];
  return Object.fromEntries(
    all.flatMap(([name, value]) => [
      [name, value],
      [name.toUpperCase(), value],
    ]),
  );
}
