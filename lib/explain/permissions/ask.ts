import type { Access } from "../../config/model/model";
import { ProjectError } from "../../errors";
import { knownActions } from "../../iam/data/actions";
import { checkActions } from "../../iam/write/unknown-actions";
import { awsPolicies } from "../../project/aws-data";
import { unknownName, wrongCall } from "../../project/unknown-name";
import { rolesInQuestion } from "../question";
import { type AccountHolders, accountHolders } from "./account-holders";
import { type CanAnswer, whatItCan } from "./can";
import { ownHolders } from "./own-holders";
import { mayPerform, type WhoCanAnswer } from "./who-can";

/** What is asked: of roles of access.yaml, or of an account's roles and users. */
interface PermissionsQuestion {
  readonly role?: string;
  /** The JSON of `aws iam get-account-authorization-details`, or `-`. */
  readonly policy?: string;
}

/** Answers, and why some may be missing. */
interface Answers<Answer> {
  readonly answers: readonly Answer[];
  readonly incomplete?: string;
}

/**
 * What roles may do, by risk class.
 * @param readAccess reads access.yaml; undefined is its answer if there is none
 * @throws ProjectError `unknown-role` and those of reading the file (exit 2)
 */
export function askCan(
  question: PermissionsQuestion,
  readAccess: () => Access | undefined,
): Answers<CanAnswer> {
  const { holders, ...rest } = holdersOf(question, readAccess);
  return { answers: holders.map((holder) => whatItCan(holder, awsPolicies.actions)), ...rest };
}

/**
 * Who may perform an action, and by which role.
 * @param action one action of AWS, such as `s3:DeleteObject`
 * @param on an ARN, or a pattern. Undefined: any resource
 * @throws ProjectError `wrong-call`, `unknown-action`, and those of `askCan` (exit 2)
 */
export function askWhoCan(
  action: string,
  on: string | undefined,
  question: PermissionsQuestion,
  readAccess: () => Access | undefined,
): Answers<WhoCanAnswer> {
  checkAction(action);
  if (on !== undefined && on !== "*" && !/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/s.test(on))
    throw wrongCall(`--on ${on} is not an ARN`, "pass an ARN, such as arn:aws:s3:::acme-website/index.html");
  const { holders, ...rest } = holdersOf(question, readAccess);
  return { answers: holders.map((holder) => mayPerform(holder, action, on, awsPolicies.actions)), ...rest };
}

/** An action that does not exist is one that nothing allows or denies in AWS. */
function checkAction(action: string): void {
  if (!/^[a-z0-9-]+:[a-z0-9]+$/i.test(action))
    throw wrongCall(`--who-can ${action} is not one action`, "pass one action, such as s3:DeleteObject");
  const list = knownActions();
  const statement = { Effect: "Allow", Action: action, Resource: "*" } as const;
  const { problems, unknownServices } = checkActions({ statements: [statement] }, {}, list);
  const [problem] = problems;
  if (problem !== undefined) {
    const { code, message, found, fix } = problem;
    // The rest of it is about access.yaml.
    throw new ProjectError({ code, message, found, fix: fix.replace(/ Otherwise: .*$/s, ""), exitCode: 2 });
  }
  if (unknownServices.length > 0)
    throw wrongCall(
      `the list of IAM actions (${list.date}) has no service ${unknownServices.join(", ")}`,
      "check the name of the service",
    );
}

function holdersOf(
  { role, policy }: PermissionsQuestion,
  readAccess: () => Access | undefined,
): AccountHolders {
  const access = readAccess();
  if (policy === undefined) {
    if (access === undefined)
      throw wrongCall("there is no access.yaml", "pass --policy, or run it in a project");
    return { holders: ownHolders(access, rolesInQuestion(access, role), awsPolicies) };
  }
  const { holders, ...rest } = accountHolders(policy, access, awsPolicies);
  const wanted = role === undefined ? holders : holders.filter(({ name }) => name === role);
  if (wanted.length === 0 && role !== undefined)
    throw unknownName(
      "role",
      role,
      holders.map(({ name }) => name),
    );
  return { holders: wanted, ...rest };
}
