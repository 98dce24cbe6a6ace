import { type Phrase, type Quoted, quoted } from "./phrase";

const IN_ACCOUNT = "any principal in account ";
const ROOT_OF = "the root user of ";
/** After what principals are called: roles like `ci-*` in account `111122223333`. */
const OF_SOME = " in account ";
/** What comes before the number of an account. */
const ENDINGS = [IN_ACCOUNT, ROOT_OF, OF_SOME] as const;

/**
 * A caller of AWS, as policies name it: anyone with an AWS account; any principal in account
 * `444455556666`; `arn:aws:iam::444455556666:role/auditor`.
 */
export function describeCaller(caller: string): Phrase {
  for (const words of [IN_ACCOUNT, ROOT_OF]) {
    const account = caller.startsWith(words) ? caller.slice(words.length) : "";
    if (/^\d{12}$/.test(account)) return [words, quoted(account)];
  }
  return [/^[a-z]+(?: [a-zA-Z]+)*$/.test(caller) ? caller : quoted(caller)];
}

/**
 * The same without numbers and ARNs, for a headline: another account; role `auditor` of another
 * account; names of resources instead of their ARNs.
 * @param isExternal whether its callers are of another account than the resource
 */
export function withoutIds(phrase: Phrase, isExternal: boolean): Phrase {
  const parts = phrase.flatMap((part, at): Phrase => {
    const next = phrase[at + 1];
    const isAccount = isQuoted(next) && /^\d{12}$/.test(next.quoted);
    if (typeof part === "string") {
      if (isAccount && part.endsWith(IN_ACCOUNT))
        return [
          part.slice(0, -IN_ACCOUNT.length),
          isExternal ? "another account" : "any principal in its account",
        ];
      if (isAccount && part.endsWith(OF_SOME))
        return [`${part.slice(0, -OF_SOME.length)}${isExternal ? " of another account" : ""}`];
      if (isAccount && part.endsWith(ROOT_OF))
        return [
          part.slice(0, -ROOT_OF.length),
          isExternal ? "the root user of another account" : "the root user",
        ];
      return [part];
    }
    const before = phrase[at - 1];
    const isSaid = typeof before === "string" && ENDINGS.some((one) => before.endsWith(one));
    if (/^\d{12}$/.test(part.quoted) && isSaid) return [];
    return nameOf(part.quoted, isExternal);
  });
  return parts.filter((part) => part !== "");
}

const ARN = /^arn:[a-z-]+:([a-z0-9-]*):[a-z0-9-]*:(\d{12})?:(.+)$/;

function nameOf(text: string, isExternal: boolean): Phrase {
  const [, service, , resource] = ARN.exec(text) ?? [];
  if (resource === undefined) return [quoted(text)];
  const [, kind, name] = /^(role|user|group)\/(?:.*\/)?([^/]+)$/.exec(resource) ?? [];
  if (service === "iam" && kind !== undefined && name !== undefined)
    return [`${kind} `, quoted(name), ...(isExternal ? [" of another account"] : [])];
  return [quoted(resource.replace(/^(?:policy|function|repository|table|key)[:/](?=.)/, ""))];
}

function isQuoted(part: string | Quoted | undefined): part is Quoted {
  return part !== undefined && typeof part !== "string";
}
