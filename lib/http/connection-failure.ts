import { types } from "node:util";
import { ProjectError } from "../errors";

/**
 * OpenSSL's codes for a certificate whose authority is not known: Node's documentation, TLS, "X509
 * certificate error codes". Others (expired, another host's name) are no matter of trust.
 */
const UNKNOWN_AUTHORITY = new Set([
  "CERT_UNTRUSTED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

const SET_PROXY = "HTTPS_PROXY (for http addresses HTTP_PROXY)";

/** How a proxy failed. Only its host is named: the variable may hold a password. */
export function proxyAnswered(proxy: URL, target: string, status: number): ProjectError {
  if (status === 407)
    return new ProjectError({
      code: "proxy-authentication",
      message: `the proxy ${proxy.host} demands authentication for ${target} (407)${proxy.username === "" ? "" : ", and does not accept the user and password that are set"}`,
      found: proxy.host,
      fix: `set ${SET_PROXY} to http://USER:PASSWORD@${proxy.host}, special characters percent-encoded, or name ${hostOf(target)} in NO_PROXY`,
    });
  return new ProjectError({
    code: "proxy-refused",
    message: `the proxy ${proxy.host} refuses a connection to ${target}: it answered ${status}`,
    found: String(status),
    fix: `ask for ${hostOf(target)} to be allowed at the proxy, or name it in NO_PROXY if it can be reached directly`,
  });
}

export function proxyUnreachable(proxy: URL, cause: unknown): ProjectError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ProjectError({
    code: "proxy-unreachable",
    message: `no connection to the proxy ${proxy.host}: ${reason}`,
    found: proxy.host,
    fix: `check ${SET_PROXY}, or unset it where no proxy is needed`,
    cause,
  });
}

/**
 * The error for a certificate of an unknown authority, as behind a proxy that inspects TLS; every
 * other error as it is.
 * @param host whose certificate it is
 */
export function untrusted(host: string, error: Error): Error {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (!UNKNOWN_AUTHORITY.has(code)) return error;
  return new ProjectError({
    code: "ca-unknown",
    message: `the certificate of ${host} is signed by an unknown authority (${code})`,
    found: host,
    fix: "if it is your company's (a proxy that inspects TLS, a server of your own), set NODE_EXTRA_CA_CERTS or AWS_CA_BUNDLE to a PEM file with it; otherwise do not connect from this network",
    cause: error,
  });
}

/**
 * The error of this folder in what a client made of it: itself or one of its causes. Undefined: the
 * connection did not fail for one of these reasons.
 */
export function connectionFailure(error: unknown): ProjectError | undefined {
  for (let one = error; types.isNativeError(one); one = one.cause)
    if (one instanceof ProjectError) return one;
  return undefined;
}

function hostOf(target: string): string {
  return target.replace(/:\d+$/, "");
}
