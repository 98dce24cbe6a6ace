import { readFileSync } from "node:fs";
import path from "node:path";
import { AssumeRoleWithWebIdentityCommand, type Credentials, type STSClient } from "@aws-sdk/client-sts";
import { createStsClient } from "../../lib/aws/clients";
import type { AnyRole } from "../../lib/config/model/model";
import type { QuestionOptions } from "../../lib/explain/question";
import { roleArn } from "../../lib/iam/language/arns";
import { jobOfPerson } from "../sandbox/circleci/job-of-person";
import { jobEnvironment } from "../sandbox/runner/job-environment";
import { type PipelineJob, runPipeline } from "../sandbox/runner/run-pipeline";
import type { Company } from "./company";
import type { AccessCommit } from "./company-access-repository";

/** A push to a project's repository. */
export interface Pushed extends Pick<QuestionOptions, "branch" | "tag" | "origin"> {
  /** A name of access.yaml, or a CircleCI user ID. */
  readonly person: string;
  readonly project: string;
}

interface PushSettings {
  /** Pipeline parameters, which the setup configuration sets. */
  readonly parameters?: Readonly<Record<string, boolean>>;
  readonly approve?: (name: string) => boolean;
  /** Uses the AWS CLI for every call of the job. Default: only STS is asked. */
  readonly whole?: true;
  /** A push to the repository that holds access.yaml, whose jobs run this project and Terraform. */
  readonly access?: AccessCommit;
  /** Further variables of the jobs, as contexts and CircleCI set them. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What a push came to: the credentials, or AWS's error code. */
type Answer = { readonly keys: Credentials } | { readonly error: string };

/** The pushes of the company's people. */
export class CompanyPushes {
  private readonly sts: STSClient;
  private readonly commits = new Map<string, Promise<string>>();
  /** Read once: a commit checks out another version of the files. */
  private readonly configs: Readonly<Record<"shop" | "infrastructure", string>>;
  private count = 0;

  /** @param company with the pipelines in its repositories */
  constructor(private readonly company: Company) {
    const { shop, infrastructure } = company.sites;
    this.configs = {
      shop: readConfig(shop.repository, "continue_config.yml"),
      infrastructure: readConfig(infrastructure.repository, "config.yml"),
    };
    const nobody = { accessKeyId: "unused", secretAccessKey: "unused" };
    this.sts = createStsClient({
      endpoint: company.accounts.endpoint,
      region: "eu-central-1",
      credentials: nobody,
    });
  }

  /** Asks AWS for a role with the token of a job. */
  async assume(pushed: Pushed, role: AnyRole): Promise<Answer> {
    const token = await this.mint(pushed);
    const RoleArn = roleArn(role);
    try {
      const { Credentials: keys } = await this.sts.send(
        new AssumeRoleWithWebIdentityCommand({
          RoleArn,
          RoleSessionName: pushed.person,
          WebIdentityToken: token,
        }),
      );
      return keys === undefined ? { error: "no credentials" } : { keys };
    } catch (error) {
      return { error: error instanceof Error ? error.name : String(error) };
    }
  }

  /** Runs the project's pipeline. */
  async run(
    pushed: Pushed,
    { parameters, approve, whole, access: pushedAccess, env = {} }: PushSettings = {},
  ): Promise<readonly PipelineJob[]> {
    const { accounts, access, worlds, programs } = this.company;
    const { person, project, branch, tag } = pushed;
    const site = project === "infrastructure" ? "infrastructure" : "shop";
    const { repository } = pushedAccess ?? this.company.sites[site];
    this.count += 1;
    const folder = path.join(worlds.staging.folder, "pushes", String(this.count));
    const { environment, circleCi } = [...accounts.sandboxes.values()][0] ?? {};
    if (environment === undefined || circleCi === undefined) throw new Error("there is an account");
    const commit = pushedAccess?.commit ?? (await this.commitOf(site, branch ?? "main"));
    return runPipeline(
      {
        username: person,
        token: jobOfPerson(access, pushed),
        repository,
        commit,
        ...(branch === undefined ? {} : { branch }),
        ...(tag === undefined ? {} : { tag }),
        ...(parameters === undefined ? {} : { parameters }),
      },
      {
        config: this.configs[site],
        folder,
        env: {
          ...jobEnvironment({ ...environment, AWS_ENDPOINT_URL: accounts.endpoint }),
          ...worlds.staging.jobEnvironment,
          PATH: pushedAccess?.path ?? (whole === true ? programs.whole : programs.light),
          ...env,
        },
        mint: circleCi.mint,
        ...(approve === undefined ? {} : { approve }),
      },
    );
  }

  close(): void {
    this.sts.destroy();
  }

  private mint(pushed: Pushed): Promise<string> {
    const { accounts, access } = this.company;
    const [first] = accounts.sandboxes.values();
    if (first === undefined) throw new Error("there is an account");
    return first.circleCi.mint(jobOfPerson(access, pushed));
  }

  /** One commit for each branch, so that all people push the same. */
  private commitOf(repository: "shop" | "infrastructure", branch: string): Promise<string> {
    const key = `${repository} ${branch}`;
    const known = this.commits.get(key);
    if (known !== undefined) return known;
    const site = this.company.sites[repository];
    const last = [...this.commits.values()].at(-1) ?? Promise.resolve("");
    // One after the other: they use one folder of git.
    const made = last.then(() => site.commit(branch, "larkspur", `The page of ${branch}`));
    this.commits.set(key, made);
    return made;
  }
}

function readConfig(repository: string, name: string): string {
  return readFileSync(path.join(repository, ".circleci", name), "utf8");
}
