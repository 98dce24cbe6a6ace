import { readFileSync } from "node:fs";
import tls from "node:tls";
import { ProjectError } from "../errors";

/** The variables that name a file with a company's certificate authorities, in PEM. */
export const AUTHORITY_VARIABLES = ["NODE_EXTRA_CA_CERTS", "AWS_CA_BUNDLE"] as const;

/**
 * The certificate authorities that are trusted: Node's own, and those in the files that
 * NODE_EXTRA_CA_CERTS (https://nodejs.org/api/cli.html#node_extra_ca_certsfile) and AWS_CA_BUNDLE
 * (https://docs.aws.amazon.com/sdkref/latest/guide/feature-gen-config.html) name. Node itself reads
 * the first only when it starts, and ignores a file that it cannot read.
 * @returns PEM texts; undefined: the environment names no file, and Node's default applies
 * @throws ProjectError `ca-unreadable` (exit 2)
 */
export function authoritiesOf(env: NodeJS.ProcessEnv): readonly string[] | undefined {
  const own = AUTHORITY_VARIABLES.flatMap((name) => {
    const file = env[name];
    return file === undefined || file === "" ? [] : [readAuthorities(name, file)];
  });
  return own.length === 0 ? undefined : [...new Set([...defaults(), ...own])];
}

const contexts = new Map<string, tls.SecureContext>();

/**
 * `authoritiesOf` as TLS takes it; empty: Node's default. It is kept for the files' names: reading
 * some hundred certificates takes milliseconds.
 * @throws ProjectError `ca-unreadable` (exit 2)
 */
export function trustOf(env: NodeJS.ProcessEnv): { readonly secureContext?: tls.SecureContext } {
  const key = AUTHORITY_VARIABLES.map((name) => env[name] ?? "").join("\n");
  const known = contexts.get(key);
  if (known !== undefined) return { secureContext: known };
  const ca = authoritiesOf(env);
  if (ca === undefined) return {};
  const secureContext = tls.createSecureContext({ ca: [...ca] });
  contexts.set(key, secureContext);
  return { secureContext };
}

/** From Node 22.15 on also the system's store, where `--use-openssl-ca` or the like asks for it. */
function defaults(): readonly string[] {
  return "getCACertificates" in tls && typeof tls.getCACertificates === "function"
    ? tls.getCACertificates("default")
    : tls.rootCertificates;
}

function readAuthorities(name: string, file: string): string {
  const [text, reason] = read(file);
  if (text?.includes("-----BEGIN CERTIFICATE-----")) return text;
  throw new ProjectError({
    code: "ca-unreadable",
    message: `${name} names ${file}, which ${reason ?? "holds no certificate (PEM)"}`,
    found: file,
    fix: `set ${name} to a PEM file with your company's certificate authority, or unset it`,
    exitCode: 2,
  });
}

function read(file: string): readonly [text: string | undefined, reason?: string] {
  try {
    return [readFileSync(file, "utf8")];
  } catch (error) {
    return [undefined, `cannot be read (${error instanceof Error ? error.message : String(error)})`];
  }
}
