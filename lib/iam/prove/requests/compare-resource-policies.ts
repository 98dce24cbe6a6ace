import { Budget } from "../../automata/budget";
import { and, FALSE, type Formula } from "../../automata/formula";
import type { ActionCatalogue } from "../../data/action-details";
import type { Policy } from "../../language/policy";
import { answerOf } from "../core/answer";
import { type ActionClass, actionClassesOf } from "./action-classes";
import { callersOf, type KnownCaller, type Named } from "./callers";
import { type ResourceStatement, resourceStatements } from "./covering";
import { differencesOf, liftedDenies, type Verdict } from "./differences";
import { normalForm } from "./normal-form";
import { onceForEachShape } from "./once-for-each-shape";
import { OWN_POLICIES } from "./own-policies";
import { readStatements } from "./read-statement";
import type { RequestCase } from "./request-case";
import type { PermissionsComparison } from "./request-counterexample";
import { RequestSpace } from "./request-space";
import { compareCases } from "./search";

/**
 * Compares two resource-based policies, such as of a bucket, over all requests and all callers that
 * they distinguish (`callersOf`). What a policy allows counts, and what it denies to a caller whose
 * own policies allow it: a removed Deny is broader, if they do. Undefined: the resource has no
 * policy, which allows and denies nothing. As exact as `comparePermissions`.
 *
 * @param options.steps how much work it may take; default: well under a second
 * @param options.catalogue of which examples are taken: its actions, on resources of their types
 */
export function compareResourcePolicies(
  before: Policy | undefined,
  after: Policy | undefined,
  options: { readonly steps?: number; readonly catalogue?: ActionCatalogue | undefined } = {},
): PermissionsComparison {
  const [was, is] = [before === undefined ? [] : [before], after === undefined ? [] : [after]];
  const compare = (): PermissionsComparison => compareRead(was, is, options);
  // With another budget there may be another answer.
  return options.steps === undefined
    ? onceForEachShape([was, is], "resource", options.catalogue, compare)
    : compare();
}

function compareRead(
  was: readonly Policy[],
  is: readonly Policy[],
  options: NonNullable<Parameters<typeof compareResourcePolicies>[2]>,
): PermissionsComparison {
  if (normalForm(was) === normalForm(is)) return { relation: "same" };
  const policies = [...was, ...is];
  const answer = answerOf(() => {
    const space = new RequestSpace(policies, new Budget(options.steps), options.catalogue);
    const [old, present] = [was.flatMap(resourceStatements), is.flatMap(resourceStatements)];
    return compareCases(space, casesOf(old, present, space), policies);
  });
  return answer.known ? answer.value : { relation: "unknown", reason: answer.reason };
}

/** What the policy itself allows comes before what it no longer denies. */
function casesOf(
  was: readonly ResourceStatement[],
  is: readonly ResourceStatement[],
  space: RequestSpace,
): readonly RequestCase[] {
  const all = [...was, ...is];
  const classes = actionClassesOf(all, space.budget, space.catalogue);
  const each = callersOf(all).flatMap((caller) =>
    classes.map((actions) => ({
      caller,
      actions,
      old: verdictOf(was, caller, actions, space),
      present: verdictOf(is, caller, actions, space),
    })),
  );
  const byPolicy = each.map(
    ({ caller, actions, old, present }): RequestCase => ({
      actions,
      caller: caller.name,
      gained: differencesOf(present, old),
      lost: differencesOf(old, present),
    }),
  );
  const byOwnPolicies = each.flatMap(({ caller, actions, old, present }): readonly RequestCase[] => {
    if (!caller.hasOwnPolicies) return [];
    const ownAllow = space.facts.isSo(OWN_POLICIES, "allow it");
    const lifted = (lifting: Verdict, denying: Verdict): readonly Formula[] =>
      [and(liftedDenies(lifting, denying), ownAllow)].filter((goal) => goal !== FALSE);
    return [{ actions, caller: caller.name, gained: lifted(present, old), lost: lifted(old, present) }];
  });
  return [...byPolicy, ...byOwnPolicies];
}

function verdictOf(
  statements: readonly ResourceStatement[],
  caller: KnownCaller,
  { covering }: ActionClass,
  space: RequestSpace,
): Verdict {
  const read = (effect: "Allow" | "Deny"): readonly Formula[] => {
    const covered = statements.filter((one) => one.effect === effect && covering.has(one));
    const naming = (named: Named): readonly Formula[] =>
      readStatements(
        covered.filter(({ principals }) => caller.isNamed(principals, effect) === named),
        space,
      );
    const hasBoundary = naming("with-boundary").map((term) => and(term, boundaryOf(space)));
    const unsupported = covered.flatMap((one) =>
      caller.isNamed(one.principals, effect) === "unsupported"
        ? readStatements([one], space).map((term) =>
            and(term, space.isUndecided(NOT_SUPPORTED, one.principals.path)),
          )
        : [],
    );
    return [...naming(true), ...hasBoundary, ...unsupported];
  };
  return { allows: [read("Allow")], denies: read("Deny") };
}

const NOT_SUPPORTED = "NotPrincipal with Allow, which AWS does not support";

function boundaryOf({ facts }: RequestSpace): Formula {
  return facts.isSo("permissions boundary of the caller", "is attached");
}
