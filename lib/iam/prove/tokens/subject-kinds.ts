import { UUID_LENGTH } from "../../../token/subject";
import { type Fragment, sequence } from "../../automata/fragments";
import { anyOne, anyRun } from "../../automata/patterns";
import { upToFirst } from "../../automata/up-to-first";

/**
 * Languages of subjects by their fields, which all have a fixed place: an id is 36 characters, and
 * the origin ends at the first `/vcs-ref/`.
 */
const ANY_ID = sequence(...Array.from({ length: UUID_LENGTH }, (): Fragment => anyOne));
const REF = "/vcs-ref/";

function job(project: Fragment, user: Fragment, source: Fragment): Fragment {
  return sequence("org/", ANY_ID, "/project/", project, "/user/", user, source);
}

export const anyJob: Fragment = job(ANY_ID, ANY_ID, anyRun);

export function ofOrganization(id: string): Fragment {
  return sequence("org/", id, "/", anyRun);
}

export function ofProject(id: string): Fragment {
  return job(id, ANY_ID, anyRun);
}

export function ofUser(id: string): Fragment {
  return job(ANY_ID, id, anyRun);
}

/** Without origin and ref: V1, and V2 of a custom webhook. */
export const withoutSource: Fragment = job(ANY_ID, ANY_ID, "");

export function fromOrigin(origin: string): Fragment {
  return job(ANY_ID, ANY_ID, sequence("/vcs-origin/", origin, REF, anyRun));
}

/** @param ref a whole ref such as `refs/heads/main`, or a pattern of refs */
export function fromRef(ref: Fragment): Fragment {
  return job(ANY_ID, ANY_ID, sequence("/vcs-origin/", upToFirst(REF), ref));
}
