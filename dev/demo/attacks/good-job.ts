import { grantingProjects } from "../../../lib/config/model/grants";
import type { Access, Person, Project, Role } from "../../../lib/config/model/model";
import { isInForce } from "../../../lib/config/model/period";
import { writeMoment } from "../../../lib/config/rules/moment";
import { issuerOf } from "../../../lib/token/issuer";
import { fullRef } from "../../../lib/token/ref";
import type { TokenRequest } from "../../sandbox/circleci/token-request";
import { exampleRef, OUTSIDER, type Ref } from "../tokens/examples";

/** A job that access.yaml allows to assume its role. */
export interface GoodJob {
  readonly project: Project;
  readonly role: Role;
  readonly person: Person;
  readonly ref: Ref;
  readonly token: TokenRequest;
}

/** One for every role, the most restricted first: listed people, then listed refs, then others. */
export function goodJobs(access: Access): readonly GoodJob[] {
  const jobs = grantingProjects(access).flatMap((project) =>
    project.roles.map((role): GoodJob => {
      const { people, refs } = role.grant;
      const members = people.kind === "everyone" ? [] : people.members;
      const now = writeMoment(Date.now());
      const person = members.find(({ periods }) => isInForce(periods, now)) ?? members[0] ?? OUTSIDER;
      const ref = exampleRef([refs]);
      const token = {
        ...issuerOf(project.organization),
        project: project.id,
        user: person.id,
        audience: project.audience,
        source: { origin: project.repository, ref: fullRef(ref) },
      };
      return { project, role, person, ref, token };
    }),
  );
  const width = ({ role: { grant } }: GoodJob): number =>
    (grant.people.kind === "everyone" ? 2 : 0) + (grant.refs.kind === "any" ? 1 : 0);
  return jobs.sort((left, right) => width(left) - width(right));
}
