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
  const parts = withoutAccounts(phrase, isExternal).flatMap((part, at, all): Phrase => {
    const next = all[at + 1];
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
    const before = all[at - 1];
    const isSaid = typeof before === "string" && ENDINGS.some((one) => before.endsWith(one));
    if (/^\d{12}$/.test(part.quoted) && isSaid) return [];
    return nameOf(part.quoted, isExternal);
  });
  return parts.filter((part) => part !== "");
}

const FOR_ACCOUNT = " for account ";

/** What requires one of several accounts, or for whose account a service calls, without numbers. */
function withoutAccounts(given: Phrase, isExternal: boolean): Phrase {
  const phrase = inOneText(given);
  const first = phrase.findIndex((part, at) => isAccountId(part) && wordsAt(at - 1) !== undefined);
  if (first === -1) return given;
  const words = wordsAt(first - 1) ?? "";
  let end = first + 1;
  while (isBetween(phrase[end]) && isAccountId(phrase[end + 1])) end += 2;
  const isOne = end === first + 1;
  if (isOne && words.endsWith(IN_ACCOUNT)) return phrase;
  const before = words.endsWith(FOR_ACCOUNT)
    ? `${words.slice(0, -FOR_ACCOUNT.length)} for `
    : words.slice(0, -IN_ACCOUNT.length);
  const whose = isOne
    ? isExternal
      ? "another account"
      : "its account"
    : isExternal
      ? "other accounts"
      : "accounts of its own";
  return [
    ...phrase.slice(0, first - 1),
    `${before}${whose}`,
    ...withoutAccounts(phrase.slice(end), isExternal),
  ];

  function wordsAt(at: number): string | undefined {
    const part = phrase[at];
    return typeof part === "string" && (part.endsWith(IN_ACCOUNT) || part.endsWith(FOR_ACCOUNT))
      ? part
      : undefined;
  }
}

/** Texts that follow each other as one. */
function inOneText(phrase: Phrase): Phrase {
  const parts: (string | Quoted)[] = [];
  for (const part of phrase) {
    const last = parts.at(-1);
    if (typeof part === "string" && typeof last === "string") parts.splice(-1, 1, last + part);
    else parts.push(part);
  }
  return parts;
}

function isBetween(part: string | Quoted | undefined): boolean {
  return part === ", " || part === " or " || part === ", or ";
}

function isAccountId(part: string | Quoted | undefined): boolean {
  return isQuoted(part) && /^\d{12}$/.test(part.quoted);
}

const ARN = /^arn:[a-z-]+:([a-z0-9-]*):[a-z0-9-]*:(\d{12})?:(.+)$/;

function nameOf(text: string, isExternal: boolean): Phrase {
  const [, service, , resource] = ARN.exec(text) ?? [];
  if (resource === undefined) return [quoted(text)];
  const [, kind, name] = /^(role|user|group)\/(?:.*\/)?([^/]+)$/.exec(resource) ?? [];
  if (service === "iam" && kind !== undefined && name !== undefined)
    return [`${kind} `, quoted(name), ...(isExternal ? [" of another account"] : [])];
  if (/^[*?]/.test(resource)) return [`every resource of ${service}`];
  return [quoted(resource.replace(/^(?:policy|function|repository|table|key)[:/](?=[^*?])/, ""))];
}

function isQuoted(part: string | Quoted | undefined): part is Quoted {
  return part !== undefined && typeof part !== "string";
}
