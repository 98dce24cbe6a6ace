import { ProjectError } from "../lib/errors";

/**
 * Text that Terraform takes as it stands. In its strings `${` and `%{` begin a template (Terraform
 * docs, "Strings and templates"), and cdktf does not escape them.
 * @throws ProjectError `cdktf-token-in-text` for text that looks like one of cdktf's own
 * place-holders: cdktf would replace it.
 */
export function terraformLiteral(text: string): string {
  if (text.includes("{TfToken[")) {
    throw new ProjectError({
      code: "cdktf-token-in-text",
      message: `the text ${JSON.stringify(text)} contains one of cdktf's own place-holders`,
      found: text,
      fix: "take {TfToken[ out of the text",
      exitCode: 2,
    });
  }
  return text.replace(/[$%](?=\{)/g, "$&$&");
}
