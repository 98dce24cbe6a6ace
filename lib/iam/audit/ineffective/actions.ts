import { suggest } from "../../../collections/suggest";
import { compileActions } from "../../evaluate/match-resource";
import { requestKeys } from "../../evaluate/request";
import type { Patterns, Statement } from "../../language/policy";
import type { Mistake } from "./mistake";

const ACTION = "sts:AssumeRoleWithWebIdentity";

/**
 * An action that no token can be used for: only AssumeRoleWithWebIdentity takes one (STS API
 * Reference).
 */
export function wrongAction(statement: Statement): Mistake | undefined {
  const { actions } = statement;
  if (compileActions(actions)(ACTION, requestKeys([], "absent")) !== false) return undefined;
  const { path } = actions;
  const values = [{ path, text: ACTION, pieces: [{ kind: "literal", text: ACTION } as const] }];
  return {
    id: "wrong-action",
    path,
    message: `${whatIsWrong(actions)} A job assumes the role with its token by ${ACTION}: write "Action": "${ACTION}"`,
    corrected: [{ ...statement, actions: { path, negated: false, values } }],
  };
}

function whatIsWrong({ negated, values }: Patterns): string {
  const texts = values.map(({ text }) => text);
  if (negated) return `NotAction leaves out ${ACTION}.`;
  const names = texts.join(", ");
  if (texts.some((text) => /^sts:AssumeRole$/i.test(text)))
    return "sts:AssumeRole is for principals of AWS, which sign with keys: it takes no token.";
  if (texts.some((text) => /SAML$/i.test(text))) return `${names} takes SAML assertions and no token.`;
  const isMisspelled = texts.some((text) => suggest(text, [ACTION]) !== undefined);
  return isMisspelled ? `${names} is no action of AWS.` : `${names} takes no token of CircleCI.`;
}
