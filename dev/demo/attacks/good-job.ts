import { grantingProjects } from "../../../lib/config/model/grants";
import type { Access, Person, Project, Role } from "../../../lib/config/model/model";
import { issuerOf } from "../../../lib/token/issuer";
import type { TokenRequest } from "../../sandbox/circleci/token-request";
import { exampleRef, fullRef, type Ref } from "../replay/example-ref";
import { STRANGER } from "../replay/scenarios";

/** A job that access.yaml lets have its role. */
export interface GoodJob {
  readonly project: Project;
  readonly role: Role;
  readonly person: Person;
  readonly ref: Ref;
  readonly token: TokenRequest;
}

/**
 * One for every role, those that fewer may assume first: listed people, then listed refs, then the
 * others.
 */
export function goodJobs(access: Access): readonly GoodJob[] {
  const { organization } = access;
  const jobs = grantingProjects(access).flatMap((project) =>
    project.roles.map((role): GoodJob => {
      const { people, refs } = role.grant;
      const [person = STRANGER] = people.kind === "everyone" ? [] : people.members;
      const ref = exampleRef([refs]);
      const token = {
        ...issuerOf(organization),
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
