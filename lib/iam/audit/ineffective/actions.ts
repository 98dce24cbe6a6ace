import { suggest } from "../../../collections/suggest";
import { compileActions } from "../../evaluate/match-resource";
import { requestKeys } from "../../evaluate/request";
import type { Patterns, Statement } from "../../language/policy";
import type { Mistake } from "./mistake";

const ACTION = "sts:AssumeRoleWithWebIdentity";

/**
 * An action that does not accept tokens: only AssumeRoleWithWebIdentity does (STS API Reference).
 */
export function wrongAction(statement: Statement): Mistake | undefined {
  const { actions } = statement;
  if (compileActions(actions)(ACTION, requestKeys([], "absent")) !== false) return undefined;
  const { path } = actions;
  const values = [{ path, text: ACTION, pieces: [{ kind: "literal", text: ACTION } as const] }];
  return {
    id: "wrong-action",
    path,
    message: `${whatIsWrong(actions)} Jobs assume a role with ${ACTION}. Write "Action": "${ACTION}"`,
    corrected: [{ ...statement, actions: { path, negated: false, values } }],
  };
}

function whatIsWrong({ negated, values }: Patterns): string {
  const texts = values.map(({ text }) => text);
  if (negated) return `NotAction excludes ${ACTION}.`;
  const names = texts.join(", ");
  if (texts.some((text) => /^sts:AssumeRole$/i.test(text)))
    return "sts:AssumeRole is for AWS principals and does not accept tokens.";
  if (texts.some((text) => /SAML$/i.test(text))) return `${names} accepts SAML assertions, not OIDC tokens.`;
  const isMisspelled = texts.some((text) => suggest(text, [ACTION]) !== undefined);
  return isMisspelled ? `${names} is not an AWS action.` : `${names} does not accept CircleCI tokens.`;
}
