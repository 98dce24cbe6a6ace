import { ProjectError } from "../lib/errors";

/**
 * Text that Terraform uses literally. `${` and `%{` begin a template (Terraform docs, "Strings and
 * templates"), and cdktf does not escape them.
 * @throws ProjectError `cdktf-token-in-text`: the text contains a cdktf token, which cdktf would
 * resolve
 */
export function terraformLiteral(text: string): string {
  if (text.includes("{TfToken[")) {
    throw new ProjectError({
      code: "cdktf-token-in-text",
      message: `the text ${JSON.stringify(text)} contains a cdktf token`,
      found: text,
      fix: "remove {TfToken[ from the text",
      exitCode: 2,
    });
  }
  return text.replace(/[$%](?=\{)/g, "$&$&");
}
