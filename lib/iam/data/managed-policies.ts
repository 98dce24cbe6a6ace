import type { Policy } from "../language/policy";
import { isNotRead, parsePolicy } from "../language/read-policy";

/** The AWS managed policies that this version knows. */
export interface AwsPolicies {
  /**
   * The day of the data, `2026-09-16`. Undefined: only policies whose contents follow from their
   * description are known.
   */
  readonly date?: string;
  /** @param arn undefined is the answer for a policy that is not known, such as a newer one */
  readonly contentOf: (arn: string) => Policy | undefined;
}

/**
 * The AWS managed policies whose contents follow from their description and cannot change:
 * "Provides full access to AWS services and resources" and "Deny all access" (AWS Managed Policy
 * Reference Guide, "AdministratorAccess" and "AWSDenyAll"). AWS extends all others.
 */
const POLICIES: ReadonlyMap<string, Policy> = new Map([
  ["AdministratorAccess", everything("Allow")],
  ["AWSDenyAll", everything("Deny")],
]);

const OF_AWS = /^arn:(aws(?:-[a-z]+)*):iam::aws:policy\/(.+)$/;

/** Those that need no data. */
export const WELL_KNOWN: AwsPolicies = {
  contentOf: (arn) => POLICIES.get(OF_AWS.exec(arn)?.[2] ?? ""),
};

/**
 * What `npm run managed-policies` writes: documents by path and name, such as
 * `job-function/Billing`.
 */
export interface ManagedPoliciesFile {
  readonly date: string;
  readonly policies: Readonly<Record<string, unknown>>;
}

/**
 * The contents of every AWS managed policy, as of a day. Those of other partitions are not known:
 * AWS writes them anew for each.
 * @param read the data; called when the first policy is asked for
 */
export function awsPoliciesFrom(read: () => ManagedPoliciesFile): AwsPolicies {
  const known = new Map<string, Policy | undefined>();
  return {
    get date() {
      return read().date;
    },
    contentOf: (arn) => {
      const [, partition, name = ""] = OF_AWS.exec(arn) ?? [];
      const own = WELL_KNOWN.contentOf(arn);
      if (own !== undefined || partition !== "aws") return own;
      if (!known.has(name)) known.set(name, documentIn(read(), name));
      return known.get(name);
    },
  };
}

/** A document that this version does not understand is as good as unknown. */
function documentIn({ policies }: ManagedPoliciesFile, name: string): Policy | undefined {
  if (!Object.hasOwn(policies, name)) return undefined;
  try {
    return parsePolicy(JSON.stringify(policies[name]));
  } catch (error) {
    if (!isNotRead(error)) throw error;
    return undefined;
  }
}

function everything(effect: "Allow" | "Deny"): Policy {
  const Statement = { Effect: effect, Action: "*", Resource: "*" };
  return parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement }));
}
