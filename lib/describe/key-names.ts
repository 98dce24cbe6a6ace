import { type Phrase, quoted } from "./phrase";

/** How people say that a key has one of some values, or none of them, to follow "for requests". */
interface KeyWords {
  readonly in: string;
  readonly outside: string;
}

/**
 * Keys that people have words for, in lower case (IAM User Guide, "AWS global condition context
 * keys"; Service Authorization Reference).
 */
const WORDS: ReadonlyMap<string, KeyWords> = new Map([
  ["aws:requestedregion", { in: "in region", outside: "outside region" }],
  ["aws:sourcevpc", { in: "from VPC", outside: "from outside VPC" }],
  ["aws:sourcevpce", { in: "through VPC endpoint", outside: "not through VPC endpoint" }],
  ["aws:sourceip", { in: "from", outside: "from outside" }],
  ["aws:vpcsourceip", { in: "from VPC address", outside: "from VPC addresses outside" }],
  ["aws:calledvia", { in: "through", outside: "not through" }],
  ["aws:calledviafirst", { in: "through", outside: "not through" }],
  ["aws:calledvialast", { in: "through", outside: "not through" }],
  ["kms:viaservice", { in: "through", outside: "not through" }],
  ["aws:principalorgid", { in: "from organization", outside: "from outside organization" }],
  ["aws:principalorgpaths", { in: "from accounts under", outside: "from accounts outside" }],
  ["aws:principalaccount", { in: "from account", outside: "from outside account" }],
  ["kms:calleraccount", { in: "from account", outside: "from outside account" }],
  ["aws:principalarn", { in: "by", outside: "by principals other than" }],
  ["aws:sourcearn", { in: "on behalf of", outside: "on behalf of resources other than" }],
  ["aws:sourceaccount", { in: "on behalf of account", outside: "on behalf of accounts other than" }],
  ["aws:sourceorgid", { in: "on behalf of organization", outside: "on behalf of organizations other than" }],
  ["aws:resourceaccount", { in: "on resources of account", outside: "on resources outside account" }],
  ["aws:resourceorgid", { in: "on resources of organization", outside: "on resources outside organization" }],
  [
    "iam:passedtoservice",
    { in: "that pass the role to", outside: "that pass the role to services other than" },
  ],
  ["sts:externalid", { in: "with external ID", outside: "without external ID" }],
  ["sts:rolesessionname", { in: "with session name", outside: "with a session name other than" }],
]);

/**
 * Tags, by what comes before their names: of `aws:`, and of services, such as `ec2:ResourceTag/`.
 */
const TAGS: readonly (readonly [before: RegExp, words: string])[] = [
  [/^aws:principaltag\/$/i, "by principals with tag"],
  [/^[a-z0-9-]+:resourcetag\/$/i, "on resources with tag"],
  [/^[a-z0-9-]+:requesttag\/$/i, "that set tag"],
];

/** Names that people use for a boolean key, by its value; a missing key reads as false. */
const BOOLEANS: ReadonlyMap<string, { readonly yes: string; readonly no: string }> = new Map([
  ["aws:securetransport", { yes: "over TLS", no: "without TLS" }],
  ["aws:multifactorauthpresent", { yes: "with MFA", no: "without MFA" }],
  ["aws:principalisawsservice", { yes: "by an AWS service", no: "not by an AWS service" }],
  ["aws:viaawsservice", { yes: "through an AWS service", no: "not through an AWS service" }],
]);

/** Undefined: the key has no words of its own. */
export function keyWords(key: string): KeyWords | undefined {
  return WORDS.get(key.toLowerCase());
}

/** `o-*` is the id of every organization: from any AWS organization. */
export function withAnyOrganization(phrase: Phrase): Phrase {
  const [words, id, ...rest] = phrase;
  if (rest.length > 0 || typeof words !== "string" || !words.endsWith("organization ")) return phrase;
  return typeof id === "object" && /^o-\*+$/.test(id.quoted)
    ? [words.replace(/organization $/, "any AWS organization")]
    : phrase;
}

export function booleanWords(key: string): { readonly yes: string; readonly no: string } | undefined {
  return BOOLEANS.get(key.toLowerCase());
}

/** Claims of a token, as condition keys name them: the issuer's host, then the claim. */
const CLAIM = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?(?:\/[^:]*)?:([a-z_][a-z0-9_./-]*)$/i;
const CLAIM_NAMES: ReadonlyMap<string, string> = new Map([
  ["aud", "audience"],
  ["sub", "subject"],
  ["amr", "authentication methods"],
]);

/**
 * A key before what is said of its values: with `s3:prefix`; on resources with tag `team`; with
 * subject.
 */
export function withKey(key: string): Phrase {
  const [, claim] = CLAIM.exec(key) ?? [];
  if (claim !== undefined) {
    const name = CLAIM_NAMES.get(claim.toLowerCase());
    return name === undefined ? ["with claim ", quoted(claim)] : [`with ${name}`];
  }
  const at = key.indexOf("/") + 1;
  const [, words] = TAGS.find(([before]) => before.test(key.slice(0, at))) ?? [];
  return words === undefined ? ["with ", quoted(key)] : [`${words} `, quoted(key.slice(at))];
}
