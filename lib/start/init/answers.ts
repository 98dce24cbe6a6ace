import { bucketNameRule } from "../../config/rules/bucket";
import { refRule } from "../../config/rules/git-ref";
import { accountIdRule, keyRule, memberRule } from "../../config/rules/names";
import { regionRule } from "../../config/rules/region";
import { repositoryRule } from "../../config/rules/repository";
import type { Rule } from "../../config/rules/rule";
import { uuidRule } from "../../config/rules/uuid";

/** What a first access.yaml is made of. */
export interface Answers {
  /** CircleCI's organization UUID. */
  readonly organization: string;
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  readonly stateBucket: string;
  /** Key of the project in the file. */
  readonly project: string;
  /** CircleCI's project UUID. */
  readonly projectId: string;
  /** Such as `github.com/acme/website`. */
  readonly repository: string;
  /** Name of the first person, who may deploy. */
  readonly person: string;
  /** CircleCI's user UUID. */
  readonly personId: string;
  /** The branch that is deployed from. */
  readonly branch: string;
}

export type AnswerKey = keyof Answers;

/** One answer: how it is asked for, and what it has to be. */
export interface Question {
  readonly key: AnswerKey;
  readonly ask: string;
  /** The option that gives it. */
  readonly flag: string;
  readonly rule: Rule;
}

/** In the order in which they are asked. */
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
    ask: "A name for the project in access.yaml",
  },
  {
    key: "organization",
    flag: "--organization",
    rule: uuidRule("The organization's id", "CircleCI → Organization Settings → Overview"),
    ask: "Organization's UUID (CircleCI → Organization Settings → Overview)",
  },
  {
    key: "projectId",
    flag: "--project-id",
    rule: uuidRule("The project's id", "CircleCI → Project Settings → Overview"),
    ask: "Project's UUID (CircleCI → Project Settings → Overview)",
  },
  { key: "person", flag: "--person", rule: memberRule("person"), ask: "A name for you in access.yaml" },
  {
    key: "personId",
    flag: "--person-id",
    rule: uuidRule("The person's CircleCI user id", "https://circleci.com/api/v2/me"),
    ask: "Your CircleCI user id, a UUID (`id` in https://circleci.com/api/v2/me)",
  },
  { key: "branch", flag: "--branch", rule: refRule("branch"), ask: "Branch that you deploy from" },
  { key: "account", flag: "--account-id", rule: accountIdRule, ask: "AWS account, 12 digits" },
  { key: "region", flag: "--region", rule: regionRule, ask: "AWS region" },
  {
    key: "stateBucket",
    flag: "--state-bucket",
    rule: bucketNameRule,
    ask: "Bucket for Terraform's state, which `npm run bootstrap` creates",
  },
];
