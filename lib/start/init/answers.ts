import { oidc } from "../../command-name";
import { bucketNameRule } from "../../config/rules/bucket";
import { refRule } from "../../config/rules/git-ref";
import { accountIdRule, keyRule, memberRule } from "../../config/rules/names";
import { regionRule } from "../../config/rules/region";
import { repositoryRule } from "../../config/rules/repository";
import type { Rule } from "../../config/rules/rule";
import { uuidRule } from "../../config/rules/uuid";

/** The values of a first access.yaml. */
export interface Answers {
  /** UUID of the CircleCI organization. */
  readonly organization: string;
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  readonly stateBucket: string;
  /** Key of the project in the file. */
  readonly project: string;
  /** UUID of the CircleCI project. */
  readonly projectId: string;
  /** Such as `github.com/acme/website`. */
  readonly repository: string;
  /** Name of the first person, who may deploy. */
  readonly person: string;
  /** UUID of the CircleCI user. */
  readonly personId: string;
  /** The branch that deploys. */
  readonly branch: string;
}

export type AnswerKey = keyof Answers;

/** How a value is asked for, and the rule that it must satisfy. */
interface Question {
  readonly key: AnswerKey;
  readonly ask: string;
  /** The flag that sets it. */
  readonly flag: string;
  readonly rule: Rule;
}

/** In the order in which `init` asks. */
export const QUESTIONS: readonly Question[] = [
  {
    key: "repository",
    flag: "--repository",
    rule: repositoryRule,
    ask: "Repository that deploys, as host/owner/name",
  },
  {
    key: "project",
    flag: "--project",
    rule: keyRule("project"),
    ask: "Name of the project in access.yaml",
  },
  {
    key: "organization",
    flag: "--organization",
    rule: uuidRule("The organization ID", "CircleCI → Organization Settings → Overview"),
    ask: "Organization ID, a UUID (CircleCI → Organization Settings → Overview)",
  },
  {
    key: "projectId",
    flag: "--project-id",
    rule: uuidRule("The project ID", "CircleCI → Project Settings → Overview"),
    ask: "Project ID, a UUID (CircleCI → Project Settings → Overview)",
  },
  { key: "person", flag: "--person", rule: memberRule("person"), ask: "Your name in access.yaml" },
  {
    key: "personId",
    flag: "--person-id",
    rule: uuidRule("The CircleCI user ID", "https://circleci.com/api/v2/me"),
    ask: "Your CircleCI user ID, a UUID (`id` in https://circleci.com/api/v2/me)",
  },
  { key: "branch", flag: "--branch", rule: refRule("branch"), ask: "Branch that you deploy from" },
  { key: "account", flag: "--account-id", rule: accountIdRule, ask: "AWS account ID, 12 digits" },
  { key: "region", flag: "--region", rule: regionRule, ask: "AWS region" },
  {
    key: "stateBucket",
    flag: "--state-bucket",
    rule: bucketNameRule,
    ask: `Bucket for Terraform state, created by \`${oidc("bootstrap")}\``,
  },
];
