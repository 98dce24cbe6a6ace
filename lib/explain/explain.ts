import { readServer } from "../circleci/read-server";
import type { Access, Person, Project } from "../config/model/model";
import { SOME_USER } from "../iam/prove/tokens/subjects";
import { onlyProject } from "../project/pick-project";
import { readInput } from "../project/read-input";
import { readMoment } from "../project/read-moment";
import { wrongCall } from "../project/unknown-name";
import type { Claims } from "../token/claims";
import { type Issuer, issuerOf, issuerUrl } from "../token/issuer";
import { printV1Subject, printV2Subject } from "../token/subject";
import { answerAnyRef, answerToken } from "./answer";
import { answerJob, answerWebhookJob, answerWithOther, type JobAnswer } from "./job-answer";
import { type Question, type QuestionOptions, readQuestion, rolesInQuestion } from "./question";
import { readPolicyFile } from "./read-policy-file";
import { readToken } from "./read-token";
import { ownTarget, type Target } from "./target";

export interface ExplainOptions extends QuestionOptions {
  /** The time of the request: a day (its start in UTC), or a time with its zone. Default: now. */
  readonly at?: string;
  /** The host of the CircleCI Server that issues the tokens. Default: access.yaml's. */
  readonly issuer?: string;
  /** A file with a token, or `-`. */
  readonly token?: string;
  /** A file with a trust policy, or `-`, instead of the roles of access.yaml. */
  readonly policy?: string;
}

/** An example of all users that are not in access.yaml. */
const EVERYONE_ELSE: Person = { name: "everyone else", id: SOME_USER };

/**
 * Who may assume which role with either of a job's two tokens, and why: for each role in question,
 * and, if no person is named, for each person in access.yaml and for everyone else.
 * @param readFile reads access.yaml; called only if the question needs it
 * @throws ProjectError with exit code 2 for unknown names, unreadable files and options that
 * exclude each other
 */
export function explain(readFile: () => Access, options: ExplainOptions): readonly JobAnswer[] {
  const { token, policy, role } = options;
  if (token === "-" && policy === "-")
    throw wrongCall(
      "--token - and --policy - cannot both read standard input",
      "name a file for one of them",
    );
  if (policy !== undefined && role !== undefined) {
    throw wrongCall(
      "--role and --policy exclude each other: a role of access.yaml, or the policy in a file",
      "leave one of them out",
    );
  }
  if (options.issuer !== undefined && policy === undefined)
    throw wrongCall(
      "--issuer requires --policy",
      "add --policy; for the roles of access.yaml, set `organization.server` in the file",
    );
  refuseDetails(options);
  const at = options.at === undefined ? undefined : readMoment(options.at);
  refuseTimeOfAnyRef(options);
  // A token and a policy in files: access.yaml is not needed.
  if (token !== undefined && policy !== undefined) {
    const target = readPolicyFile(policy, at);
    return [answerWithOther(target, answerToken(target, readToken(readInput(token))))];
  }
  const access = readFile();
  const question = readQuestion(access, options);
  const targets =
    policy === undefined
      ? rolesInQuestion(access, role, question.project).map((one) => ownTarget(one, at))
      : [readPolicyFile(policy, at)];
  if (token !== undefined) {
    const claims = readToken(readInput(token));
    return targets.map((target) => withDeploys(answerWithOther(target, answerToken(target, claims)), target));
  }
  const server = options.issuer === undefined ? undefined : readServer(options.issuer);
  const people = question.person === undefined ? [...access.people, EVERYONE_ELSE] : [question.person];
  return targets.flatMap((target) => {
    const project = question.project ?? target.own?.project ?? onlyProject(access);
    return people.map((person) =>
      withDeploys(
        answerPerson(
          issuerOf({ ...project.organization, ...(server === undefined ? {} : { server }) }),
          target,
          { ...question, project },
          person,
        ),
        target,
      ),
    );
  });
}

/** Whether a policy allows some ref is proven over all moments, not at one. */
function refuseTimeOfAnyRef({ at, policy, token, branch, tag, webhook }: ExplainOptions): void {
  const isOne = token !== undefined || branch !== undefined || tag !== undefined || webhook === true;
  if (at === undefined || policy === undefined || isOne) return;
  throw wrongCall("--at with --policy requires one ref", "add --branch, --tag or --token");
}

function withDeploys(answer: JobAnswer, { deploys }: Target): JobAnswer {
  return deploys === undefined ? answer : { ...answer, deploys };
}

function refuseDetails({ token, person, branch, tag, origin, webhook, project, role }: ExplainOptions): void {
  if (token === undefined) return;
  const details = { person, branch, tag, origin, webhook };
  const [first] = Object.entries(details).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (first === undefined) return;
  throw wrongCall(
    `--${first} and --token exclude each other: the token's claims name the user and the origin`,
    `leave --${first} out${project === undefined && role === undefined ? "; --project and --role select roles" : ""}`,
  );
}

function answerPerson(
  issuer: Issuer,
  target: Target,
  { project, source }: Question & { readonly project: Project },
  person: Person,
): JobAnswer {
  const { organization } = issuer;
  const job = { organization, project: project.id, user: person.id };
  const iss = issuerUrl(issuer);
  const aud = project.audience;
  const token = (sub: string): Claims => ({ iss, aud, sub, "oidc.circleci.com/project-id": project.id });
  const withoutOrigin = answerToken(target, token(printV1Subject(job)), person.name);
  if (source.kind === "webhook") return answerWebhookJob(withoutOrigin);
  const { origin = project.repository, ref } = source;
  const withOrigin =
    ref === undefined
      ? answerAnyRef(target, { iss, aud, job, origin }, person.name)
      : answerToken(target, token(printV2Subject(job, { origin, ref })), person.name);
  return answerJob(withOrigin, withoutOrigin);
}
