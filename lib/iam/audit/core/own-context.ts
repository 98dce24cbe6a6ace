import type { Access } from "../../../config/model/model";
import { audiencesIn, serversOf } from "../../../config/model/organizations";
import type { AuditContext } from "./context";

/** What access.yaml says of the surroundings of a policy. */
export function contextOf(access: Access): AuditContext {
  return {
    organizations: access.organizations.map(({ id }) => id),
    servers: serversOf(access),
    projects: access.projects.flatMap(({ id }) => id ?? []),
    people: access.people.map(({ id }) => id),
    audiences: audiencesIn(access),
  };
}
