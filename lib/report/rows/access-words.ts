import { type Phrase, quoted } from "../../describe/phrase";
import { resourceName } from "../../describe/resource-name";
import type { AccessChange, Aspect } from "../../diff/model/access-change";

/** What changes of a subject, to be followed by its name. */
const ASPECT_WORDS: Readonly<Record<Aspect, string>> = {
  trust: "who may assume",
  permissions: "permissions of",
  credentials: "credentials of",
  "runs-as": "role used by",
  session: "maximum session duration of",
  provider: "OIDC provider",
  "bucket-policy": "bucket policy of",
  "resource-policy": "resource policy of",
  "public-access": "public access to",
  sharing: "sharing of",
  exclusive: "exclusive policy management of",
};

/** What a change is about, such as: permissions of `website-deploy`. */
export function topicOf({ aspect, subject }: Pick<AccessChange, "aspect" | "subject">): Phrase {
  const name = nameOf(subject);
  const isOfOrganization = aspect === "resource-policy" && OF_ORGANIZATION.test(subject);
  return isOfOrganization ? name : [`${ASPECT_WORDS[aspect]} `, ...name];
}

/** These are policies themselves. */
const OF_ORGANIZATION = /^(?:service control|resource control|organization) policy /;

/** The name of a subject. Its kind, where a change says it, is no part of the name: user `eve`. */
export function nameOf(subject: string): Phrase {
  if (/^all buckets of (?:the account$|account \d{12}$)/.test(subject)) return [subject];
  const [, kind, name] =
    /^(user|group|permission set|(?:service control|resource control|organization) policy) (.+)$/s.exec(
      subject,
    ) ?? [];
  return kind === undefined || name === undefined
    ? [quoted(resourceName(subject))]
    : [`${kind} `, quoted(name)];
}
