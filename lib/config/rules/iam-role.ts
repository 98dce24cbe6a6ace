import type { Violation } from "../yaml/problem";
import type { Rule } from "./rule";

/** Sources: IAM API Reference, CreateRole (RoleName, Path, Description, MaxSessionDuration). */
const maxRoleNameLength = 64;
export const roleNamePattern = "^[A-Za-z0-9_+=,.@-]{1,64}$";
const roleNameForm = new RegExp(roleNamePattern);
export const pathPattern = "^/([\\x21-\\x7e]{1,510}/)?$";
const pathForm = new RegExp(pathPattern);
export const descriptionPattern = "^[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]{0,1000}$";
const descriptionForm = new RegExp(descriptionPattern);
export const audiencePattern = "^[\\x21-\\x7e]{1,255}$";
const audienceForm = new RegExp(audiencePattern);
export const shortestSession = 3_600;
export const longestSession = 43_200;

export const roleNameRule: Rule = (text) => {
  const allowed = "1-64 letters, digits and _ + = , . @ -";
  if (text.length > maxRoleNameLength) {
    return {
      code: "role-name-too-long",
      message: `the IAM role's name has ${text.length} characters`,
      found: text,
      allowed,
      fix: "give the role a shorter `name`",
    };
  }
  if (roleNameForm.test(text)) return undefined;
  return {
    code: "malformed-role-name",
    message: "IAM does not allow this role name",
    found: text,
    allowed,
    fix: "choose another name",
  };
};

export const pathRule: Rule = (text) => {
  if (pathForm.test(text)) return undefined;
  const repaired = `/${text.replace(/^\/+|\/+$/g, "")}/`;
  return {
    code: "malformed-path",
    message: "this is not an IAM path",
    found: text,
    allowed: "/, or up to 512 characters of printable ASCII that begin and end with /",
    fix: pathForm.test(repaired) ? `write ${repaired}` : "write /, or remove the key",
  };
};

export const descriptionRule: Rule = (text) =>
  descriptionForm.test(text)
    ? undefined
    : {
        code: "malformed-description",
        message: "IAM does not allow this description",
        found: text,
        allowed: "up to 1,000 characters of ASCII and Latin-1",
        fix: "shorten it, or replace the other characters",
      };

/**
 * The `aud` claim of a token, and the client ID of the OIDC provider. Source: IAM API Reference,
 * CreateOpenIDConnectProvider (1-255 characters). `${` would begin a policy variable.
 */
export const audienceRule: Rule = (text) =>
  audienceForm.test(text) && !text.includes("${")
    ? undefined
    : {
        code: "malformed-audience",
        message: "this is not a valid audience",
        found: text,
        allowed: "1-255 characters of printable ASCII, without spaces and without ${",
        fix: "write the token's `aud` claim, or remove the key to use the organization's ID",
      };

/** Source: IAM API Reference, CreateRole, MaxSessionDuration: seconds. */
export function sessionViolation(seconds: number): Violation | undefined {
  if (Number.isInteger(seconds) && seconds >= shortestSession && seconds <= longestSession) return undefined;
  const minutes = seconds > 0 && seconds <= 720 ? "; the unit is seconds" : "";
  const nearest = seconds < shortestSession ? shortestSession : longestSession;
  return {
    code: "session-out-of-range",
    message: `the maximum session duration is out of range${minutes}`,
    found: String(seconds),
    allowed: "whole seconds, 3600-43200 (1-12 hours)",
    fix: Number.isInteger(seconds) ? `write ${nearest}, or remove the key for 3600` : "write whole seconds",
  };
}

/** IAM quota "Role trust policy length", in characters: the default, and the maximum. */
export const defaultTrustPolicyQuota = 2_048;
export const largestTrustPolicyQuota = 8_192;

/** The account's value of the quota. */
export function trustPolicyQuotaViolation(characters: number): Violation | undefined {
  const inRange = characters >= defaultTrustPolicyQuota && characters <= largestTrustPolicyQuota;
  if (Number.isInteger(characters) && inRange) return undefined;
  return {
    code: "trust-policy-quota-out-of-range",
    message: "the quota is out of range",
    found: String(characters),
    allowed: `whole characters, ${defaultTrustPolicyQuota}-${largestTrustPolicyQuota}`,
    fix: 'write the value that Service Quotas shows for "Role trust policy length", or remove the key for 2048',
  };
}
