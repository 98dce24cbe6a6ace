import { matchPrincipals } from "../../evaluate/match-principals";
import type { Caller } from "../../evaluate/request";
import type { Truth } from "../../evaluate/truth";
import type { PrincipalMember, Principals, Statement } from "../../language/policy";

/** A caller that policies may treat differently. */
export interface KnownCaller {
  /** In words: an ARN where it has one. */
  readonly name: string;
  /** Whether its own policies can allow a request, besides the resource's. */
  readonly hasOwnPolicies: boolean;
  /** Whether a statement applies to it. */
  readonly isNamed: (principals: Principals, effect: Statement["effect"]) => Named;
}

/**
 * `with-boundary`: only if a permissions boundary is attached, since a Deny with NotPrincipal
 * always denies such a caller. `unsupported`: NotPrincipal with Allow does not list it, which AWS
 * does not support.
 */
export type Named = boolean | "with-boundary" | "unsupported";

/** An account, a service that no policy names: they stand for all of them. */
export const ANOTHER_ACCOUNT = "000000000000";
const ANOTHER_SERVICE = "a-service-that-no-policy-names.amazonaws.com";
export const ANOTHER_NAME = "a-name-that-no-policy-has";

const ACCOUNT = /^(?:[0-9]{12}|arn:[^:]*:iam::([0-9]{12}):root)$/;
const ROLE = /^arn:[^:]*:iam::([0-9]{12}):role\/(?:.*\/)?([^/]+)$/;
const SESSION = /^arn:([^:]*):sts::([0-9]{12}):assumed-role\/([^/]+)\/[^/]+$/;
const OF_ACCOUNT = /^arn:[^:]*:(?:iam|sts)::([0-9]{12}):/;

/**
 * All callers that the statements can distinguish: an anonymous caller, a principal of an account
 * that no policy names, a service that no policy names, every named principal, and one principal in
 * each named account and role. Callers that cannot be distinguished are one. A canonical user id
 * stands for an account that is not known here, so it is a separate caller: if nothing changes for
 * it and nothing for the account, nothing changes for both in one. Keys about the caller
 * (`aws:PrincipalArn`, `aws:PrincipalOrgID`) are not tied to it and can have any value.
 */
export function callersOf(statements: readonly Statement[]): readonly KnownCaller[] {
  const members = statements.flatMap(({ principals }) => principals?.members ?? []);
  const roles = members.flatMap(({ type, text }) => (type === "AWS" && ROLE.test(text) ? [text] : []));
  const callers = [
    known("anyone", { type: "Anonymous" }),
    inAccount(ANOTHER_ACCOUNT, "anyone with an AWS account"),
    known("a service of AWS", { type: "Service", name: ANOTHER_SERVICE }),
    ...members.flatMap((member) => callersNamedBy(member, roles)),
  ];
  return [...new Map(callers.map((caller) => [caller.name, caller])).values()];
}

function callersNamedBy({ type, text }: PrincipalMember, roles: readonly string[]): readonly KnownCaller[] {
  if (text === "*") return [];
  switch (type) {
    case "Everyone":
      return [];
    case "Service":
      return [known(text, { type, name: text })];
    case "Federated":
      return [known(text, { type, arn: text })];
    case "CanonicalUser":
      return [canonicalUser(text)];
    case "AWS":
      return awsCallers(text, roles);
  }
}

function awsCallers(text: string, roles: readonly string[]): readonly KnownCaller[] {
  const account = ACCOUNT.exec(text)?.[1] ?? (ACCOUNT.test(text) ? text : undefined);
  if (account !== undefined) {
    const root = `arn:aws:iam::${account}:root`;
    const arn = text === account ? root : text;
    // Of an account's root user a permissions boundary limits nothing: it cannot have one.
    const user = known(`the root user of ${account}`, { type: "AWS", account, arn, hasBoundary: false });
    return [inAccount(account, `any principal in account ${account}`), user];
  }
  const [, ofRole, name] = ROLE.exec(text) ?? [];
  if (ofRole !== undefined && name !== undefined) {
    const arn = `arn:aws:sts::${ofRole}:assumed-role/${name}/${ANOTHER_NAME}`;
    return [known(text, { type: "AWS", account: ofRole, arn, role: text })];
  }
  const [, partition, ofSession, roleName] = SESSION.exec(text) ?? [];
  if (partition !== undefined && ofSession !== undefined && roleName !== undefined) {
    const isItsRole = (role: string): boolean => {
      const [, itsAccount, itsName] = ROLE.exec(role) ?? [];
      return itsAccount === ofSession && itsName === roleName;
    };
    // A session's ARN leaves out the path of its role; names of roles are unique within an account
    // all the same.
    const role = roles.find(isItsRole) ?? `arn:${partition}:iam::${ofSession}:role/${roleName}`;
    return [known(text, { type: "AWS", account: ofSession, arn: text, role })];
  }
  // A user, or the unique id of a deleted principal.
  return [known(text, { type: "AWS", account: OF_ACCOUNT.exec(text)?.[1] ?? "", arn: text })];
}

function inAccount(account: string, name: string): KnownCaller {
  const arn = `arn:aws:sts::${account}:assumed-role/${ANOTHER_NAME}/${ANOTHER_NAME}`;
  return known(name, { type: "AWS", account, arn, role: `arn:aws:iam::${account}:role/${ANOTHER_NAME}` });
}

function known(name: string, caller: Caller): KnownCaller {
  return {
    name,
    hasOwnPolicies: caller.type === "AWS",
    isNamed: (principals, effect) =>
      namedBy(matchPrincipals(withoutCanonicalUsers(principals), effect, caller), effect),
  };
}

/**
 * Only two things are unknown here: what the guide leaves open, and whether the caller has a
 * boundary.
 */
function namedBy(truth: Truth, effect: Statement["effect"]): Named {
  if (truth !== "unknown") return truth;
  return effect === "Allow" ? "unsupported" : "with-boundary";
}

function canonicalUser(id: string): KnownCaller {
  return {
    name: `the canonical user ${id}`,
    hasOwnPolicies: true,
    isNamed: ({ members, negated }, effect) => {
      const isListed = members.some(
        (member) => isEveryone(member) || (member.type === "CanonicalUser" && member.text === id),
      );
      if (!negated) return isListed;
      if (effect === "Allow") return isListed ? false : "unsupported";
      return isListed ? "with-boundary" : true;
    },
  };
}

function withoutCanonicalUsers(principals: Principals): Principals {
  return { ...principals, members: principals.members.filter(({ type }) => type !== "CanonicalUser") };
}

function isEveryone({ type, text }: PrincipalMember): boolean {
  return type === "Everyone" || (type === "AWS" && text === "*");
}
