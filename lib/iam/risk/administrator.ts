import { compileAccess } from "../evaluate/access";
import { requestKeys } from "../evaluate/request";
import type { Patterns, Statement } from "../language/policy";
import { parsePolicy } from "../language/read-policy";
import { comparePermissions } from "../prove/requests/compare-permissions";
import type { Effective } from "./effective";
import { placesIn, UNNAMED } from "./unnamed-resources";

/** Every action on every resource, but for some. */
export interface Administrator {
  /** Nothing is excepted, and no condition is set. */
  readonly isWhole: boolean;
  /** Actions that the policies except, as they name them; empty: only resources or conditions. */
  readonly except: readonly string[];
  readonly isConditional: boolean;
}

const OPEN = requestKeys([], "open");
const CALLER = { type: "Federated", arn: "" } as const;

/**
 * Whether everything is allowed that no policy names: an action of a service that none spells out,
 * on a resource that none spells out. That is so for `*`, and for `NotAction` and `Deny` with any
 * exceptions; it is not for `s3:*`, nor for `*:Get*`. Undefined: it is not so.
 */
export function administratorOf(effective: Effective): Administrator | undefined {
  const { policies, all, permissions } = effective;
  if (isEverything(effective)) return { isWhole: true, except: [], isConditional: false };
  const isAllowed = compileAccess(policies, CALLER);
  const verdicts = placesIn(all).map(({ partition, region, account }) => {
    const resource = `arn:${partition}:${UNNAMED}:${region}:${account}:${UNNAMED}/${UNNAMED}`;
    const { verdict } = isAllowed({ action: `${UNNAMED}:Unnamed`, resource, keys: OPEN });
    return { verdict, partition };
  });
  const found =
    verdicts.find(({ verdict }) => verdict === "allowed") ??
    verdicts.find(({ verdict }) => verdict === "unknown");
  if (found === undefined) return undefined;
  const everything = everythingIn(found.partition);
  const { relation } = comparePermissions(
    { identity: [{ kind: "policy", policy: everything }] },
    permissions,
    { within: everything },
  );
  return {
    isWhole: relation === "same",
    except: relation === "same" ? [] : all.flatMap(({ statements }) => exceptedBy(statements)),
    isConditional: found.verdict === "unknown",
  };
}

/** What needs no proof: `*` on `*` without a condition, and no policy that limits or denies. */
function isEverything({ policies: { identity, boundary, session } }: Effective): boolean {
  if (boundary !== undefined || session !== undefined) return false;
  const statements = identity.flatMap((policy) => policy.statements);
  return (
    statements.every(
      ({ effect, principals, resources }) =>
        effect === "Allow" && principals === undefined && resources !== undefined,
    ) &&
    statements.some(
      ({ actions, resources, conditions }) =>
        conditions.length === 0 && isAny(actions) && resources !== undefined && isAny(resources),
    )
  );
}

function isAny({ negated, values }: Patterns): boolean {
  return !negated && values.some(({ text }) => text === "*");
}

/** A full administrator is more than one with exceptions or conditions. */
export function degreeOf(administrator: Administrator | undefined): number {
  return administrator === undefined ? 0 : administrator.isWhole ? 2 : 1;
}

function exceptedBy(statements: readonly Statement[]): readonly string[] {
  return statements.flatMap(({ effect, actions, conditions }) => {
    const isExcepted = effect === "Allow" ? actions.negated : !actions.negated && conditions.length === 0;
    return isExcepted ? actions.values.map(({ text }) => text) : [];
  });
}

function everythingIn(partition: string) {
  const Statement = { Effect: "Allow", Action: "*", Resource: `arn:${partition}:*:*:*:*` };
  return parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement }));
}
