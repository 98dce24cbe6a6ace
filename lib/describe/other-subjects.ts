import { type Phrase, quoted } from "./phrase";
import { describeRefPattern } from "./ref";

/** Whom tokens of an issuer other than CircleCI stand for, and from where they come. */
export interface OtherSubject {
  readonly who: Phrase;
  /** Empty: it is not known. */
  readonly from: Phrase;
}

const GITHUB = "https://token.actions.githubusercontent.com";

/**
 * The subjects that a pattern of a policy stands for, in the issuer's terms: GitHub Actions jobs of
 * `acme/website` from `main` (GitHub Docs, "OpenID Connect reference", example subject claims);
 * service account `dns` in any namespace (Kubernetes docs, "Managing Service Accounts").
 * @param pattern as the policy writes it. Undefined: any subject
 */
export function describeOtherSubject(issuer: string, pattern: string | undefined): OtherSubject {
  const [, repository, rest] = /^repo:([^:]+)(?::(.*))?$/s.exec(pattern ?? "") ?? [];
  if (issuer === GITHUB && repository !== undefined)
    return { who: ["GitHub Actions jobs of ", quoted(repository)], from: sourceOnGitHub(rest ?? "*") };
  const [, namespace, account] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(pattern ?? "") ?? [];
  if (namespace !== undefined && account !== undefined)
    return {
      who: /^\*+$/.test(account) ? ["any service account"] : ["service account ", quoted(account)],
      from: /^\*+$/.test(namespace) ? ["in any namespace"] : ["in namespace ", quoted(namespace)],
    };
  const who: Phrase =
    issuer === GITHUB ? ["any GitHub Actions job"] : ["anyone with a token of ", quoted(issuer)];
  return { who, from: pattern === undefined ? [] : ["with subject ", quoted(pattern)] };
}

function sourceOnGitHub(rest: string): Phrase {
  if (/^\*+$/.test(rest)) return ["any ref"];
  if (rest === "pull_request") return ["pull requests"];
  const [, kind, name] = /^(ref|environment):(.+)$/s.exec(rest) ?? [];
  if (name === undefined) return ["with subject ", quoted(rest)];
  return kind === "ref" ? describeRefPattern(name) : ["environment ", quoted(name)];
}
