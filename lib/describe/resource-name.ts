import { type Phrase, type Quoted, quoted } from "./phrase";

const ARN = /^arn:[a-z-]+:([a-z0-9-]+):[a-z0-9-]*:(\d{12}|aws)?:(.+)$/;
const QUEUE_URL = /^https:\/\/[^/]+\/\d{12}\/([^/]+)$/;
const PRINCIPAL = /^(role|user|group)\/(?:.*\/)?([^/*?]+)$/;
/** Before the name of what an ARN is about. What follows may be a wildcard: it is kept then. */
const KIND =
  /^(?:policy|cluster-access-policy|function|repository|table|key|secret|domain|accesspoint|backup-vault)[:/](?=[^*?])/;

/** What people call a resource: the name in its ARN or queue URL. Of other texts: the text. */
export function resourceName(text: string): string {
  const queue = QUEUE_URL.exec(text)?.[1];
  if (queue !== undefined) return queue;
  const [, , account, resource = ""] = ARN.exec(text) ?? [];
  if (account === undefined || /^[*?]/.test(resource)) return text;
  return PRINCIPAL.exec(resource)?.[2] ?? resource.replace(KIND, "");
}

/** A phrase about principals, by their names: role `auditor` of account `444455556666`. */
export function withPrincipalNames(phrase: Phrase): Phrase {
  return phrase.flatMap((part, at): Phrase => {
    if (typeof part === "string") return [part];
    return principalName(part, phrase[at - 1]) ?? [part];
  });
}

/** The same of what a phrase begins with. What it says of other resources stays exact. */
export function withLeadingName([first, ...rest]: Phrase): Phrase {
  return first === undefined ? [] : [...withPrincipalNames([first]), ...rest];
}

function principalName({ quoted: text }: Quoted, before: string | Quoted | undefined): Phrase | undefined {
  const [, service, account, resource = ""] = ARN.exec(text) ?? [];
  const [, kind, name] = PRINCIPAL.exec(resource) ?? [];
  if (
    service !== "iam" ||
    account === undefined ||
    account === "aws" ||
    kind === undefined ||
    name === undefined
  )
    return undefined;
  const isSaid = typeof before === "string" && before.endsWith(`${kind} `);
  return [isSaid ? "" : `${kind} `, quoted(name), " of account ", quoted(account)];
}
