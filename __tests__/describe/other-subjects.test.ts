import { describeOtherSubject } from "../../lib/describe/other-subjects";
import { plainText } from "../../lib/describe/phrase";

const GITHUB = "https://token.actions.githubusercontent.com";
const EKS = "https://oidc.eks.us-east-1.amazonaws.com/id/ABC";

test.each<[issuer: string, pattern: string | undefined, who: string, from: string]>([
  [GITHUB, "repo:acme/website:*", "GitHub Actions jobs of acme/website", "any ref"],
  [GITHUB, "repo:acme/website:ref:refs/heads/main", "GitHub Actions jobs of acme/website", "main"],
  [GITHUB, "repo:acme/website:ref:refs/tags/*", "GitHub Actions jobs of acme/website", "any tag"],
  [GITHUB, "repo:acme/website:environment:prod", "GitHub Actions jobs of acme/website", "environment prod"],
  [GITHUB, "repo:acme/website:pull_request", "GitHub Actions jobs of acme/website", "pull requests"],
  [
    GITHUB,
    "repo:acme/website:job_workflow_ref:x",
    "GitHub Actions jobs of acme/website",
    "with subject job_workflow_ref:x",
  ],
  // The repository is part of the wildcard.
  [GITHUB, "repo:acme/*", "GitHub Actions jobs of acme/*", "any ref"],
  [GITHUB, "*", "any GitHub Actions job", "with subject *"],
  [GITHUB, undefined, "any GitHub Actions job", ""],
  [EKS, "system:serviceaccount:dns:external-dns", "service account external-dns", "in namespace dns"],
  [EKS, "system:serviceaccount:*:external-dns", "service account external-dns", "in any namespace"],
  [EKS, "system:serviceaccount:dns:*", "any service account", "in namespace dns"],
  // A subject of one issuer means nothing of another.
  [EKS, "repo:acme/website:*", `anyone with a token of ${EKS}`, "with subject repo:acme/website:*"],
])("%s: %s", (issuer, pattern, who, from) => {
  const found = describeOtherSubject(issuer, pattern);
  expect([plainText(found.who), plainText(found.from)]).toEqual([who, from]);
});
