import type { Rule } from "./rule";

export const serverPattern =
  "^(?!oidc\\.circleci\\.com$|circleci\\.com$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$";
const serverForm = new RegExp(serverPattern);

/**
 * The host of a CircleCI Server, in lower case. Without a port, because the URL of an OIDC provider
 * in IAM has none (IAM API Reference, "CreateOpenIDConnectProvider", Url); not CircleCI's cloud.
 */
export const serverRule: Rule = (text) => {
  if (serverForm.test(text)) return undefined;
  const violation = { found: text, allowed: "a host name in lower case, such as circleci.acme.example" };
  if (/^(?:https:\/\/)?(?:[a-z0-9-]+\.)*circleci\.com(?:\/|$)/i.test(text)) {
    const message = "this is CircleCI's cloud, not a CircleCI Server";
    return { ...violation, code: "server-is-cloud", message, fix: "remove `server`" };
  }
  const host = text
    .replace(/^[a-z]+:\/\//i, "")
    .replace(/[:/].*$/s, "")
    .toLowerCase();
  const fix = serverForm.test(host)
    ? `write ${host}`
    : "copy the host from the address of your server's web app";
  return { ...violation, code: "malformed-server", message: "this is not a host name", fix };
};
