import type { RequiredValues } from "../iam/prove/requests/required-values";
import { listPhrases } from "./list";
import { type Phrase, quoted } from "./phrase";

/** So many values are named; the rest is counted. */
const SHOWN = 3;

/**
 * Keys that people have words for, in lower case, and their words, to follow "for requests" (IAM User
 * Guide, "AWS global condition context keys"; Service Authorization Reference).
 */
const WORDS: ReadonlyMap<string, { readonly in: string; readonly outside: string }> = new Map([
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
  ["sts:externalid", { in: "with external ID", outside: "without external ID" }],
  ["sts:rolesessionname", { in: "with session name", outside: "with a session name other than" }],
]);

/** Tags, by what comes before their names. */
const TAGS: ReadonlyMap<string, string> = new Map([
  ["aws:principaltag/", "by principals with tag"],
  ["aws:resourcetag/", "on resources with tag"],
  ["aws:requesttag/", "that set tag"],
]);

/** What a key must be, to follow "for requests": in region `us-east-1`, that set tag `team` = `web`. */
export function describeRequired({ key, kind, texts }: RequiredValues): Phrase {
  const listed = (each: (text: string) => string): Phrase =>
    listPhrases(
      texts.map((text) => [quoted(each(text))]),
      { word: "or", most: SHOWN },
    );
  const words = WORDS.get(key.toLowerCase());
  if (words !== undefined) return [`${words[kind]} `, ...listed((text) => text)];
  const at = key.indexOf("/") + 1;
  const tag = TAGS.get(key.slice(0, at).toLowerCase());
  const [before, name] = tag === undefined ? ["with ", key] : [`${tag} `, key.slice(at)];
  const between = kind === "outside" ? " other than " : texts.some(isPattern) ? " like " : " equal to ";
  return [before, quoted(name), between, ...listed((text) => text)];
}

function isPattern(text: string): boolean {
  return /[*?]/.test(text);
}
