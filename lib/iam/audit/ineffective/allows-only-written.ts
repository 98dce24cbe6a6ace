import { either } from "../../automata/fragments";
import { type Provider, readKey } from "../../prove/tokens/provider";
import { fragmentOf } from "../core/subject-fields";
import { type AuditedPolicy, providersIn, resultFor } from "./mistake";

/**
 * Whether a corrected policy allows a token, and only tokens with a subject that it writes: proven
 * over all tokens. Without a condition on the subject, the intention is not known.
 */
export function allowsOnlyWrittenSubjects(audited: AuditedPolicy): boolean {
  const { statements } = audited.policy;
  const providers = providersIn(statements, audited);
  const results = providers.map((provider) => resultFor(statements, provider, audited));
  return (
    results.includes("found") &&
    providers.every((provider, at) => results[at] === "none" || allowsOnlyWritten(audited, provider))
  );
}

function allowsOnlyWritten(audited: AuditedPolicy, provider: Provider): boolean {
  const { statements } = audited.policy;
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
