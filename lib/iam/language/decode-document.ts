import { notRead } from "./not-read";

/**
 * The text of a policy as IAM's API returns it: percent-encoded (RFC 3986; IAM API Reference,
 * GetRole), or plain as the AWS CLI and Terraform show it.
 * @throws ProjectError `policy-not-read` for text that is neither
 */
export function decodeDocument(text: string): string {
  if (/^\s*[{[]/.test(text)) return text;
  if (/^%(?:7B|20|09|0A|0D)/i.test(text)) {
    try {
      return decodeURIComponent(text);
    } catch {
      // Falls through: a broken escape is no document.
    }
  }
  throw notRead(
    "",
    "this is not a policy document",
    JSON.stringify(text.slice(0, 40)),
    "give JSON, plain or percent-encoded",
  );
}
