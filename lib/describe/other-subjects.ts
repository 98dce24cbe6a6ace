import { type Phrase, quoted } from "./phrase";
import { describeRefPattern } from "./ref";

/** Whom tokens of an issuer other than CircleCI stand for, and from where they come. */
export interface OtherSubject {
  readonly who: Phrase;
  /** Empty: it is not known. */
  readonly from: Phrase;
  /**
   * The issuer serves many owners, and the pattern does not fix one: strangers have such tokens.
   */
  readonly isOfAnyOwner: boolean;
}

/** The issuer of GitHub Actions. */
export const GITHUB_ISSUER = "https://token.actions.githubusercontent.com";

/** Issuers with many customers, and what their subjects begin with up to the owner's name. */
const SHARED: ReadonlyMap<string, RegExp> = new Map([
  [
    GITHUB_ISSUER,
    /^(?:repo|repository|job_workflow_ref):[^*?/:]+\/|^repository_owner(?:_id)?:[^*?:]+(?::|$)|^(?!repo:|repository:|repository_owner|job_workflow_ref:)[a-z_]+:(?!\*)/,
  ],
  ["https://gitlab.com", /^project_path:[^*?/:]+\/|^(?!project_path:)[a-z_]+:(?!\*)/],
  ["https://app.terraform.io", /^organization:[^*?:]+:/],
]);

/**
 * The subjects that a pattern of a policy stands for, in the issuer's terms: GitHub Actions jobs of
 * `acme/website` from `main` (GitHub Docs, "OpenID Connect reference", example subject claims);
 * GitLab CI jobs (GitLab Docs, "Connect to cloud services"); runs of HCP Terraform ("Workload
 * identity tokens"); service account `dns` in any namespace (Kubernetes docs, "Managing Service
 * Accounts").
 * @param pattern as the policy writes it. Undefined: any subject
 */
export function describeOtherSubject(issuer: string, pattern: string | undefined): OtherSubject {
  const isOfAnyOwner = isOpen(issuer, pattern);
  const [, repository, rest] = /^repo:([^:]+)(?::(.*))?$/s.exec(pattern ?? "") ?? [];
  if (issuer === GITHUB_ISSUER && repository !== undefined) {
    const who: Phrase = isEvery(repository)
      ? ["any GitHub Actions job"]
      : ["GitHub Actions jobs of ", quoted(repository)];
    return { who, from: sourceOnGitHub(rest ?? "*"), isOfAnyOwner };
  }
  const [, project, ref] = /^project_path:([^:]+)(?::(.*))?$/s.exec(pattern ?? "") ?? [];
  if (project !== undefined)
    return { who: ["GitLab CI jobs of ", quoted(project)], from: sourceOnGitLab(ref ?? "*"), isOfAnyOwner };
  const [, organization, workspace, phase = "*"] =
    /^organization:([^:]+):project:[^:]+:workspace:([^:]+)(?::run_phase:([^:]+))?(?::\*)?$/s.exec(
      pattern ?? "",
    ) ?? [];
  if (organization !== undefined && workspace !== undefined)
    return {
      who: isEvery(workspace)
        ? ["HCP Terraform runs of any workspace of ", quoted(organization)]
        : ["HCP Terraform runs of workspace ", quoted(workspace), " of ", quoted(organization)],
      from: isEvery(phase) ? ["any phase"] : ["phase ", quoted(phase)],
      isOfAnyOwner,
    };
  const [, namespace, account] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(pattern ?? "") ?? [];
  if (namespace !== undefined && account !== undefined)
    return {
      who: [
        ...(isEvery(account) ? ["any service account"] : ["service account ", quoted(account)]),
        ...(isEvery(namespace) ? [" in any namespace"] : [" in namespace ", quoted(namespace)]),
      ],
      from: [],
      isOfAnyOwner,
    };
  const who: Phrase =
    issuer === GITHUB_ISSUER ? ["any GitHub Actions job"] : ["anyone with a token of ", quoted(issuer)];
  return {
    who,
    from: pattern === undefined || isEvery(pattern) ? [] : ["with subject ", quoted(pattern)],
    isOfAnyOwner,
  };
}

function isOpen(issuer: string, pattern: string | undefined): boolean {
  const fixed = SHARED.get(issuer);
  return fixed !== undefined && (pattern === undefined || !fixed.test(pattern));
}

function isEvery(pattern: string): boolean {
  return /^\*+(?:\/\*+)?$/.test(pattern);
}

function sourceOnGitHub(rest: string): Phrase {
  // A subject names one of these ("Example subject claims").
  if (isEvery(rest)) return ["any ref or pull request"];
  if (rest === "pull_request") return ["pull requests"];
  const [, kind, name] = /^(ref|environment):(.+)$/s.exec(rest) ?? [];
  if (name === undefined) return ["with subject ", quoted(rest)];
  if (kind === "environment") return isEvery(name) ? ["any environment"] : ["environment ", quoted(name)];
  return isEvery(name) ? ["any ref"] : describeRefPattern(name);
}

function sourceOnGitLab(rest: string): Phrase {
  if (isEvery(rest)) return ["any ref"];
  const [, type = "", name] = /^ref_type:([^:]+):ref:(.+)$/s.exec(rest) ?? [];
  if (name === undefined) return ["with subject ", quoted(rest)];
  if (type === "branch") return describeRefPattern(`refs/heads/${name}`);
  if (type === "tag") return describeRefPattern(`refs/tags/${name}`);
  return isEvery(name) ? ["any ref"] : ["branch or tag ", quoted(name)];
}
