import { either } from "../../automata/fragments";
import { providersOf } from "../../prove/tokens/principals";
import { type Provider, readKey } from "../../prove/tokens/provider";
import type { Meant } from "../core/draft";
import { fragmentOf } from "../core/subject-fields";
import { type AuditedPolicy, resultFor } from "../ineffective/mistake";

/**
 * Why a correction would allow other tokens than those that it writes. Undefined: it allows some
 * token, and every token that it adds has a subject that the policy writes, of a CircleCI issuer:
 * proven over all tokens of every issuer that the policy applies to, those that it does not name
 * included. Without a condition on the subject, the intention is not known.
 * @param audited the original
 */
export function reachesFurther({ policy, changed }: Meant, audited: AuditedPolicy): string | undefined {
  const { servers } = audited.context;
  // A statement of all principals applies to the issuers of the others too.
  const providers = providersOf([policy], [], servers);
  const { statements } = changed;
  const results = providers.map((provider) => resultFor(statements, provider, audited));
  const isOpen = (circleci: boolean): boolean =>
    providers.some(
      (provider, at) =>
        (provider.circleci !== undefined) === circleci &&
        results[at] !== "none" &&
        !(circleci && allowsOnlyWritten(changed, provider, audited)),
    );
  if (isOpen(false)) return `the policy would allow tokens of other issuers, which are not examined: ${PIN}`;
  if (isOpen(true)) return `the policy would allow tokens with a subject that it does not name: ${PIN}`;
  return results.includes("found") ? undefined : "the policy would still allow no token";
}

const PIN =
  "name one provider's ARN as the principal of each statement, and require its subject with StringLike or StringEquals";

function allowsOnlyWritten(
  { statements }: Meant["changed"],
  provider: Provider,
  audited: AuditedPolicy,
): boolean {
  const written = statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap(({ conditions }) => conditions)
    .filter(({ key, operator }) => readKey(key, provider) === "subject" && !operator.negated)
    .flatMap(({ values, operator }) =>
      values.map((value) =>
        operator.base === "StringEqualsIgnoreCase" ? value.text.toLowerCase() : fragmentOf(value),
      ),
    );
  const fragments = written.flatMap((one) => one ?? []);
  if (fragments.length === 0) return false;
  return resultFor(statements, provider, audited, { unlike: either(...fragments) }) === "none";
}
