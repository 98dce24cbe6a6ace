import { CreateRoleCommand, DeleteRoleCommand } from "@aws-sdk/client-iam";
import { createIamClient } from "../../../lib/aws/clients";
import { isGranted } from "../../../lib/config/model/grants";
import type { Access, Person, Role } from "../../../lib/config/model/model";
import { answerToken } from "../../../lib/explain/answer";
import { readToken } from "../../../lib/explain/read-token";
import { foreignTarget, ownTarget } from "../../../lib/explain/target";
import { roleArn } from "../../../lib/iam/language/arns";
import { printPolicy } from "../../../lib/iam/language/document";
import { parsePolicy } from "../../../lib/iam/language/read-policy";
import { fullRef } from "../../../lib/token/ref";
import type { Sandbox } from "../../sandbox/sandbox";
import type { Connection } from "../account/read-back";
import { askRole, doAgree, type Tried } from "../tokens/ask-role";
import { OUTSIDER, prefixElsewhere } from "../tokens/examples";
import { bypassOf } from "./bypass";
import { documentedPattern, documentedPin } from "./documented-pin";
import { type GoodJob, goodJobs } from "./good-job";

export interface BranchPin {
  /** The job of the role that lists branches. */
  readonly job: GoodJob;
  /** The ref that both pin, such as `refs/heads/main`. */
  readonly pinned: string;
  /** The subject pattern of the documented policy. */
  readonly pattern: string;
  /** The branch that bypasses the documented pin, as the prover found it. */
  readonly branch: string;
  readonly pushes: readonly PinnedPush[];
}

/** One push, tried on both roles. */
interface PinnedPush {
  readonly person: Person;
  readonly branch: string;
  readonly documented: Tried;
  readonly ours: Tried;
}

const DOCUMENTED_ROLE = "branch-pin-of-the-documentation";

/**
 * A role with the branch pin of CircleCI's documentation, beside the role of access.yaml that pins
 * the same branch. The prover finds a branch that the documented pin allows, and it is pushed.
 * Undefined: no role lists branches, or the branches leave no other name.
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
  const branch = bypassOf(job, policy, prefix);
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
    const outsider = others.find((person) => !isGranted(job.role.grant.people, person.id)) ?? OUTSIDER;
    const pushes: PinnedPush[] = [];
    for (const [person, name] of [
      [job.person, job.ref.name],
      [job.person, `${prefix}try-it`],
      [job.person, branch],
      [outsider, branch],
    ] as const) {
      const source = { origin: job.project.repository, ref: fullRef({ kind: "branch", name }) };
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

/** Every difference between AWS and the policies' texts. */
export function wrongPushes({ pushes }: BranchPin): readonly string[] {
  return pushes.flatMap(({ person, branch, documented, ours }) =>
    Object.entries({ documented, generated: ours }).flatMap(([which, tried]) =>
      doAgree(tried)
        ? []
        : [
            `${person.name} on ${branch}: AWS ${tried.answer.allowed ? "allows" : "denies"} the ${which} role, but its policy says ${tried.explained.decision}`,
          ],
    ),
  );
}

function branchesOf({ grant: { refs } }: Role) {
  return refs.kind === "listed" ? refs.branches : [];
}
