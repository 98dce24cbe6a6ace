const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Whether a host name is this machine. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}

/**
 * An address that a token may be sent to: https (http only on this machine), no user, password,
 * query or fragment. Undefined: the text is not such an address.
 */
export function safeUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) return undefined;
  const isPrivate = url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
  const isBare = url.username + url.password + url.search + url.hash === "";
  return isPrivate && isBare ? url : undefined;
}
