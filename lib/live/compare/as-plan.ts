import { groupBy } from "../../collections/group-by";
import type { Account } from "../../config/model/model";
import type { ReadPlan } from "../../diff/model/facts";
import { readPlan } from "../../diff/read-plan";
import { isAlike, keyOf, type LiveResource } from "./live-resource";

const FORMAT = "1.2";
const PROVIDER = "registry.terraform.io/hashicorp/aws";

/**
 * What is declared and what was found as plans, one for each stack, so that a review compares it
 * and says it in its words.
 * @param source of what differs. `drift`: it was changed outside of Terraform, and there is no
 * plan. `plan`: another version of the file declares it
 */
export function asPlans(
  declared: readonly LiveResource[],
  found: readonly LiveResource[],
  account: Pick<Account, "id">,
  source: "drift" | "plan" = "drift",
): readonly ReadPlan[] {
  const [before, after] = [declared, found].map((all) => new Map(all.map((one) => [keyOf(one), one])));
  const all = new Map([...declared, ...found].map((one) => [keyOf(one), one]));
  return [...groupBy(all.values(), ({ stack }) => stack)].map(([stack, resources]) => {
    const changes = resources.map((one) => changeOf(one, before?.get(keyOf(one)), after?.get(keyOf(one))));
    const plan = {
      format_version: FORMAT,
      resource_changes: changes.filter((one) => source === "plan" || !isChange(one)),
      resource_drift: changes.filter((one) => source === "drift" && isChange(one)),
      configuration: {
        provider_config: {
          aws: {
            name: "aws",
            full_name: PROVIDER,
            expressions: { allowed_account_ids: { constant_value: [account.id] } },
          },
        },
        root_module: { resources: resources.map(configurationOf) },
      },
    };
    const read = readPlan(JSON.stringify(plan), stack);
    return source === "plan" ? read : { ...read, facts: { ...read.facts, isWithoutPlan: true } };
  });
}

function isChange({ change }: ReturnType<typeof changeOf>): boolean {
  return change.actions[0] !== "no-op";
}

function changeOf(
  { type, name }: LiveResource,
  before: LiveResource | undefined,
  after: LiveResource | undefined,
) {
  const action =
    before === undefined
      ? "create"
      : after === undefined
        ? "delete"
        : isAlike(before, after)
          ? "no-op"
          : "update";
  return {
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    provider_name: PROVIDER,
    change: { actions: [action], before: before?.values ?? null, after: after?.values ?? null },
  };
}

/**
 * Every argument is a constant. Those of a role say that its lists of policies are all that it has:
 * a policy that is not in the list was removed.
 */
function configurationOf({ type, name, values }: LiveResource) {
  const ofAll = name.replace(/\[.*$/, "");
  return {
    address: `${type}.${ofAll}`,
    mode: "managed",
    type,
    name: ofAll,
    provider_config_key: "aws",
    expressions: Object.fromEntries(Object.keys(values).map((argument) => [argument, {}])),
  };
}
