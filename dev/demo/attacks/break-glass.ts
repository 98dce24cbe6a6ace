import { CreateRoleCommand, DeleteRoleCommand } from "@aws-sdk/client-iam";
import { createIamClient } from "../../../lib/aws/clients";
import { isGranted } from "../../../lib/config/model/grants";
import type { Access, Person, Role } from "../../../lib/config/model/model";
import { writeMoment } from "../../../lib/config/rules/moment";
import { answerToken } from "../../../lib/explain/answer";
import { readToken } from "../../../lib/explain/read-token";
import { ownTarget } from "../../../lib/explain/target";
import { roleArn } from "../../../lib/iam/language/arns";
import { provenTrustPolicy } from "../../../lib/iam/write/trust/proven-trust-policy";
import type { Sandbox } from "../../sandbox/sandbox";
import type { Connection } from "../account/read-back";
import { askRole, doAgree, type Tried } from "../tokens/ask-role";
import { OUTSIDER } from "../tokens/examples";
import { type GoodJob, goodJobs } from "./good-job";

/** A person gets a role for two hours, and AWS answers on both sides of the end. */
export interface BreakGlass {
  /** The job that the person starts. */
  readonly job: GoodJob;
  readonly person: Person;
  /** The first moment after the grant: ISO 8601 in UTC, to the second. */
  readonly end: string;
  readonly tries: readonly MomentTried[];
}

interface MomentTried {
  /**
   * `before`: without the entry; the others with it, at its start, ten seconds before its end, and
   * its end.
   */
  readonly when: "before" | "open" | "last-seconds" | "ended";
  readonly at: string;
  readonly tried: Tried;
}

const ROLE = "break-glass";
const TWO_HOURS = 2 * 3_600_000;
const SECOND = 1_000;

/**
 * The role that the fewest people may assume, granted to another person for two hours: as a second
 * role, with the proven trust policy that the entry `until` gives it. The sandbox's clock is set to
 * each moment. Undefined: everyone may assume every role.
 */
export async function tryBreakGlass(
  access: Access,
  sandbox: Pick<Sandbox, "endpoint" | "circleCi" | "clock">,
  connection: Connection,
): Promise<BreakGlass | undefined> {
  const job = goodJobs(access).find(({ role }) => role.grant.people.kind === "listed");
  const people = job?.role.grant.people;
  if (job === undefined || people?.kind !== "listed") return undefined;
  const person = access.people.find(({ id }) => !isGranted(people, id)) ?? OUTSIDER;
  const start = Math.floor(sandbox.clock.now() / SECOND) * SECOND;
  const end = writeMoment(start + TWO_HOURS);
  const members = [...people.members, { ...person, periods: [{ end }] }];
  // A policy of a file could not get the entry.
  const { trust: _, ...role } = job.role;
  const opened: Role = {
    ...role,
    name: ROLE,
    path: "/",
    grant: { ...job.role.grant, people: { kind: "listed", members } },
  };
  const iam = createIamClient(connection);
  const tries: MomentTried[] = [];
  const ask = async (when: MomentTried["when"], role: Role, ms: number): Promise<void> => {
    sandbox.clock.set(ms);
    const at = writeMoment(ms);
    const token = await sandbox.circleCi.mint({ ...job.token, user: person.id });
    const target = ownTarget({ project: job.project, role }, at);
    const explained = answerToken(target, readToken(token), person.name);
    tries.push({
      when,
      at,
      tried: { answer: await askRole(sandbox.endpoint, roleArn(role), token), explained },
    });
  };
  try {
    await ask("before", job.role, start);
    const AssumeRolePolicyDocument = provenTrustPolicy(opened);
    await iam.send(new CreateRoleCommand({ RoleName: ROLE, AssumeRolePolicyDocument }));
    await ask("open", opened, start);
    // The clock runs on while the token is on its way.
    await ask("last-seconds", opened, start + TWO_HOURS - 10 * SECOND);
    await ask("ended", opened, start + TWO_HOURS);
    return { job, person, end, tries };
  } finally {
    sandbox.clock.set(undefined);
    await iam.send(new DeleteRoleCommand({ RoleName: ROLE })).catch(() => undefined);
    iam.destroy();
  }
}

/** Every answer of AWS that is not what the entry says. */
export function wrongMoments({ person, tries }: BreakGlass): readonly string[] {
  return tries.flatMap(({ when, at, tried }) => {
    const isOpen = when === "open" || when === "last-seconds";
    if (doAgree(tried) && tried.answer.allowed === isOpen) return [];
    return [
      `${person.name} at ${at}: AWS ${tried.answer.allowed ? "allows" : "denies"} the role, and access.yaml says ${tried.explained.decision}`,
    ];
  });
}
