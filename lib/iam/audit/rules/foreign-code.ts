import type { Fragment } from "../../automata/fragments";
import type { Policy } from "../../language/policy";
import { findAllowed, type TokenAnswer } from "../../prove/tokens/find-allowed";
import type { Provider } from "../../prove/tokens/provider";
import { subjectsOfOwner, subjectsWithoutOrigin } from "../../prove/tokens/subjects";
import { organizationIn, type Subject } from "../core/context";
import { type Finding, finding } from "../core/finding";

/** An owner of repositories that no policy names. */
const OTHER_OWNER = "a-stranger";

/**
 * Tokens that allow code from any repository, including forks, if the project passes secrets to
 * forked pull requests.
 */
interface ForeignCode {
  /** A token that names another owner's repository. */
  readonly named: TokenAnswer;
  /**
   * A token that names no repository: V1, or of a custom webhook. Every job has a V1 token,
   * including jobs that run code of a fork (CircleCI docs, "OIDC tokens in jobs").
   */
  readonly unnamed: TokenAnswer;
}

/**
 * Whether code of other repositories is allowed.
 * @param provider the organization's own, by its ARN or as read
 */
export function findForeignCode(
  policy: Policy,
  provider: string | Provider,
  organization: string,
): ForeignCode {
  const like = (subjects: Fragment): TokenAnswer => findAllowed(policy, provider, { like: [subjects] });
  return {
    named: like(subjectsOfOwner(organization, OTHER_OWNER)),
    unnamed: like(subjectsWithoutOrigin(organization)),
  };
}

/** Code from a repository that the policy does not name, such as a fork. */
export function foreignOrigins(subject: Subject): readonly Finding[] {
  const organization = organizationIn(subject);
  if (organization === undefined) return [];
  const { named, unnamed } = findForeignCode(subject.policy, subject.provider, organization);
  if (named.result === "found") {
    const message =
      "code from any repository is allowed, including forks, if the project passes secrets to forked pull requests";
    return [finding("origin-not-pinned", "", message, named.counterexample)];
  }
  if (unnamed.result !== "found") {
    return [named, unnamed].flatMap((one) =>
      one.result === "unknown"
        ? [
            finding(
              "policy-not-decided",
              "",
              `whether it allows forks could not be determined: ${one.reason}`,
            ),
          ]
        : [],
    );
  }
  const message =
    "tokens that name no repository are allowed: V1 tokens, which every job has, and those of custom webhooks. They allow code from any repository, including forks, if the project passes secrets to forked pull requests";
  return [finding("tokens-without-origin", "", message, unnamed.counterexample)];
}
