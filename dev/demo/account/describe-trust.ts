import { knownFrom } from "../../../lib/adopt/understand/known";
import { understand } from "../../../lib/adopt/understand/understand";
import type { Access, Account } from "../../../lib/config/model/model";
import { describeEveryone } from "../../../lib/describe/people";
import { plainText } from "../../../lib/describe/phrase";
import { describeGrantedRefs } from "../../../lib/describe/ref";

/** The people whom a live trust policy admits, and the refs from which it does. */
interface Admission {
  /** People by name, everyone who can start a pipeline, or why it is undetermined. */
  readonly who: readonly string[];
  /** Refs as people type them, then their repository. Empty: undetermined. */
  readonly from: readonly string[];
}

/**
 * Reads a live trust policy, whatever form it is written in. As for `adopt`, a grant is derived
 * from the values in the policy and accepted only by proof. A policy without an equivalent grant is
 * undetermined.
 * @param policy JSON
 * @param account the role's
 */
export function describeTrust(policy: string, account: Account, access: Access): Admission {
  const understood = understand(policy, account, knownFrom(access));
  if (understood.kind === "hand-written")
    return { who: [`UNDETERMINED: hand-written, ${understood.reason}`], from: [] };
  const { people, refs, repository, project } = understood.grant;
  const key = access.projects.find(({ id }) => id === project)?.key ?? project;
  const hasMore = refs.kind === "any" && refs.tokensWithoutOrigin;
  return {
    who:
      people.kind === "listed"
        ? people.members.map(({ name }) => name)
        : [plainText(describeEveryone({ project: key }))],
    from: [
      ...describeGrantedRefs(refs).map(plainText),
      `of ${repository}`,
      ...(hasMore ? ["or a token that names no repository"] : []),
    ],
  };
}
