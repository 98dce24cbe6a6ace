import type { GrantedPeople } from "./model";

/** Whether somebody is among the people of a grant. @param id CircleCI's user UUID, lower case */
export function isGranted(people: GrantedPeople, id: string): boolean {
  return people.kind === "everyone" || people.members.some((member) => member.id === id);
}
