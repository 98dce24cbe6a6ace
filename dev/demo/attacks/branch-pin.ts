import { CreateRoleCommand, DeleteRoleCommand } from "@aws-sdk/client-iam";
import { createIamClient } from "../../../lib/aws/clients";
import { isGranted } from "../../../lib/config/model/grants";
import type { Access, Person, Role } from "../../../lib/config/model/model";
import { answerToken } from "../../../lib/explain/answer";
import { readToken } from "../../../lib/explain/read-token";
import { foreignTarget, ownTarget } from "../../../lib/explain/target";
import { printPolicy } from "../../../lib/iam/language/document";
import { parsePolicy } from "../../../lib/iam/language/read-policy";
import { roleArn } from "../../../lib/iam/language/role-arn";
import type { Sandbox } from "../../sandbox/sandbox";
import type { Connection } from "../read-back";
import { fullRef, prefixElsewhere } from "../replay/example-ref";
import { STRANGER } from "../replay/scenarios";
import { askRole } from "./ask-role";
import { documentedPattern, documentedPin } from "./documented-pin";
import { type GoodJob, goodJobs } from "./good-job";
import { doAgree, type Tried } from "./tried";
import { walkThrough } from "./walk-through";

export interface BranchPin {
  /** Ours, which lists branches. */
  readonly job: GoodJob;
  /** The ref that both pin, such as `refs/heads/main`. */
  readonly pinned: string;
  /** The subject pattern of the documented policy. */
  readonly pattern: string;
  /** The branch that walks through the documented pin, as the prover found it. */
  readonly branch: string;
  readonly pushes: readonly PinnedPush[];
}

/** One push, tried on both roles. */
export interface PinnedPush {
  readonly person: Person;
  readonly branch: string;
  readonly documented: Tried;
  readonly ours: Tried;
}

const DOCUMENTED_ROLE = "branch-pin-of-the-documentation";

/**
 * A role with the branch pin of CircleCI's documentation beside the role of access.yaml that pins
 * the same branch; the prover looks for a branch that the documented one lets in, and it is pushed.
 * Undefined: the file pins no branch, or pins them all.
 */
export async function tryBranchPin(
  access: Access,
  sandbox: Pick<Sandbox, "endpoint" | "circleCi">,
  connection: Connection,
): Promise<BranchPin | undefined> {
  const job = goodJobs(access).find(({ role }) => branchesOf(role).length > 0);
  const prefix = job === undefined ? undefined : prefixElsewhere(branchesOf(job.role));
  if (job === undefined || prefix === undefined) return undefined;
  const pinned = fullRef(job.ref);
  const document = documentedPin(job.role, pinned);
  const policy = parsePolicy(printPolicy(document));
  const branch = walkThrough(job, policy, prefix);
  if (branch === undefined) return undefined;
  const iam = createIamClient(connection);
  const RoleName = DOCUMENTED_ROLE;
  try {
    const AssumeRolePolicyDocument = printPolicy(document);
    const { Role: made } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    const targets = {
      documented: { arn: made?.Arn ?? "", target: foreignTarget(RoleName, policy) },
      ours: { arn: roleArn(job.role), target: ownTarget(job) },
    };
    const others = access.people.filter(({ id }) => id !== job.person.id);
    const outsider = others.find((person) => !isGranted(job.role.grant.people, person.id)) ?? STRANGER;
    const pushes: PinnedPush[] = [];
    for (const [person, name] of [
      [job.person, job.ref.name],
      [job.person, `${prefix}try-it`],
      [job.person, branch],
      [outsider, branch],
    ] as const) {
      const source = { origin: job.project.repository, ref: `refs/heads/${name}` };
      const token = await sandbox.circleCi.mint({ ...job.token, user: person.id, source });
      const tried = async (of: keyof typeof targets): Promise<Tried> => ({
        answer: await askRole(sandbox.endpoint, targets[of].arn, token),
        explained: answerToken(targets[of].target, readToken(token), person.name),
      });
      pushes.push({ person, branch: name, documented: await tried("documented"), ours: await tried("ours") });
    }
    return { job, pinned, pattern: documentedPattern(job.role.grant, pinned), branch, pushes };
  } finally {
    await iam.send(new DeleteRoleCommand({ RoleName })).catch(() => undefined);
    iam.destroy();
  }
}

/** Where AWS and the policies' texts do not agree. */
export function wrongPushes({ pushes }: BranchPin): readonly string[] {
  return pushes.flatMap(({ person, branch, documented, ours }) =>
    Object.entries({ documented, ours }).flatMap(([which, tried]) =>
      doAgree(tried)
        ? []
        : [
            `${person.name} on ${branch}: AWS ${tried.answer.allowed ? "allows" : "denies"} the role that is ${which}, and its policy says ${tried.explained.decision}`,
          ],
    ),
  );
}

function branchesOf({ grant: { refs } }: Role) {
  return refs.kind === "listed" ? refs.branches : [];
}
