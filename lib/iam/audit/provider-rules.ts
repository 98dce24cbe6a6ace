import { either, sequence } from "../automata/fragments";
import { anyRun } from "../automata/patterns";
import type { Policy } from "../language/policy";
import { findAdmitted } from "../prove/find-admitted";
import { isOutsideTokens } from "../prove/outside";
import { readProvider } from "../prove/provider";
import { SOME_ORGANIZATION, uuid } from "../prove/subjects";
import type { Subject } from "./context";
import { type Finding, finding } from "./finding";
import { idsNamedIn } from "./named-ids";

/** The issuer that signs for everybody, and organizations that are not ours. */
export function issuers({ policy, provider, context }: Subject): readonly Finding[] {
  const found = findAdmitted(policy, provider);
  if (found.result !== "found" || provider.circleci === undefined) return [];
  if (provider.circleci === "shared") {
    const named = idsNamedIn(policy).map((id) => sequence("org/", id, "/", anyRun));
    const like = sequence("org/", uuid(SOME_ORGANIZATION), "/", anyRun);
    const foreign = findAdmitted(policy, provider, {
      like: [like],
      ...(named.length === 0 ? {} : { unlike: either(...named) }),
    });
    const message = "this provider is CircleCI's shared issuer, which signs the tokens of every organization";
    return [
      finding("shared-root-issuer", "", message, found.witness),
      ...(foreign.result === "found"
        ? [finding("other-organizations", "", "jobs of any CircleCI organization get in", foreign.witness)]
        : []),
    ];
  }
  const { organization } = provider.circleci;
  if (context.organization === undefined || context.organization === organization) return [];
  return [
    finding(
      "other-organizations",
      "",
      `jobs of the organization ${organization} get in, which is not ours`,
      found.witness,
    ),
  ];
}

/** Several providers of one account for the same organization: a policy that names one says nothing about the others. */
export function duplicateProviders({ provider, context: { providers = [] } }: Subject): readonly Finding[] {
  const account = accountOf(provider.arn);
  const alike = providers.filter((arn) => hostOf(arn) === hostOf(provider.arn) && accountOf(arn) === account);
  // An account is in one partition, however an input writes that.
  const same = [...new Map(alike.map((arn) => [arn.replace(/^arn:[^:]*:/, ""), arn])).values()];
  if (same.length < 2) return [];
  return [
    finding(
      "duplicate-provider",
      "",
      `the account has ${same.length} providers for one issuer: ${same.join(", ")}`,
    ),
  ];
}

/** The issuer without what IAM tells apart and nobody means: letter case and a slash at the end. */
function hostOf(arn: string): string | undefined {
  return readProvider(arn)?.host.replace(/\/+$/, "");
}

function accountOf(arn: string): string | undefined {
  return arn.split(":")[4];
}

/** Statements that let in others than holders of tokens: accounts, services, everybody. */
export function others({ statements }: Policy): readonly Finding[] {
  return statements
    .filter((statement) => statement.effect === "Allow" && isOutsideTokens(statement))
    .map(({ path, principals }) => {
      const names =
        principals?.members.map(({ type, text }) =>
          type === "Everyone" ? "everybody" : `${type} ${text}`,
        ) ?? [];
      const who =
        principals === undefined
          ? "nobody by name"
          : `${principals.negated ? "everybody but " : ""}${names.join(", ")}`;
      return finding("others-let-in", path, `it speaks of others than CircleCI's jobs: ${who}`);
    });
}
