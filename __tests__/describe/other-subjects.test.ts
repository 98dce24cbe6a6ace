import { describeOtherSubject } from "../../lib/describe/other-subjects";
import { plainText } from "../../lib/describe/phrase";

const GITHUB = "https://token.actions.githubusercontent.com";
const GITLAB = "https://gitlab.com";
const HCP = "https://app.terraform.io";
const EKS = "https://oidc.eks.us-east-1.amazonaws.com/id/ABC";

test.each<[issuer: string, pattern: string | undefined, who: string, from: string]>([
  [GITHUB, "repo:acme/website:*", "GitHub Actions jobs of acme/website", "any ref or pull request"],
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
  [GITHUB, "repo:acme/*", "GitHub Actions jobs of acme/*", "any ref or pull request"],
  [GITHUB, "*", "any GitHub Actions job", ""],
  [GITHUB, "repo:*", "any GitHub Actions job", "any ref or pull request"],
  [GITHUB, "repo:*/*:ref:refs/heads/main", "any GitHub Actions job", "main"],
  [GITHUB, undefined, "any GitHub Actions job", ""],
  [EKS, "system:serviceaccount:dns:external-dns", "service account external-dns in namespace dns", ""],
  [EKS, "system:serviceaccount:*:external-dns", "service account external-dns in any namespace", ""],
  [EKS, "system:serviceaccount:dns:*", "any service account in namespace dns", ""],
  [GITLAB, "project_path:acme/web:ref_type:branch:ref:main", "GitLab CI jobs of acme/web", "main"],
  [GITLAB, "project_path:acme/*:ref_type:branch:ref:*", "GitLab CI jobs of acme/*", "any branch"],
  [GITLAB, "project_path:acme/web:*", "GitLab CI jobs of acme/web", "any ref"],
  [
    HCP,
    "organization:acme:project:web:workspace:prod:run_phase:apply",
    "HCP Terraform runs of workspace prod of acme",
    "phase apply",
  ],
  [
    HCP,
    "organization:acme:project:*:workspace:*:run_phase:*",
    "HCP Terraform runs of any workspace of acme",
    "any phase",
  ],
  // A subject of one issuer means nothing of another.
  [EKS, "repo:acme/website:*", `anyone with a token of ${EKS}`, "with subject repo:acme/website:*"],
])("%s: %s", (issuer, pattern, who, from) => {
  const found = describeOtherSubject(issuer, pattern);
  expect([plainText(found.who), plainText(found.from)]).toEqual([who, from]);
});

test.each<[issuer: string, pattern: string | undefined, isOfAnyOwner: boolean]>([
  [GITHUB, undefined, true],
  [GITHUB, "*", true],
  [GITHUB, "repo:*", true],
  [GITHUB, "repo:acme*", true],
  [GITHUB, "repo:acme*/website:*", true],
  [GITHUB, "repo:acme/*", false],
  [GITHUB, "repo:acme/website:*", false],
  [GITHUB, "repository_owner:*", true],
  [GITHUB, "repository_owner:acme:ref:*", false],
  [GITLAB, "project_path:*:ref_type:branch:ref:main", true],
  [GITLAB, "project_path:acme*/web:*", true],
  [GITLAB, "project_path:acme/*", false],
  [HCP, "organization:*:project:web:workspace:prod:run_phase:*", true],
  [HCP, "organization:acme:*", false],
  // An issuer of one owner has no strangers.
  [EKS, "system:serviceaccount:*:external-dns", false],
  [EKS, undefined, false],
])("strangers have tokens of %s with subject %s: %s", (issuer, pattern, isOfAnyOwner) => {
  expect(describeOtherSubject(issuer, pattern).isOfAnyOwner).toBe(isOfAnyOwner);
});
