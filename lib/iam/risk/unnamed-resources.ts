import { EXAMPLE_ACCOUNT, EXAMPLE_REGION } from "../data/common-requests";
import type { Policy } from "../language/policy";

/** Where a resource is: the second, fourth and fifth part of its ARN. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/**
 * A name that no policy spells out. A policy that allows something for it allows it for all names
 * but those that it lists.
 */
export const UNNAMED = "zq7xk-no-policy-names-this";

const USUAL: Place = { partition: "aws", region: EXAMPLE_REGION, account: EXAMPLE_ACCOUNT };

/**
 * The partitions, regions and accounts that policies distinguish, each once: a policy for every
 * secret of one account and region allows all of them there. Parts with wildcards are filled in.
 */
export function placesIn(policies: readonly Policy[]): readonly Place[] {
  const places = new Map([[JSON.stringify(USUAL), USUAL]]);
  for (const { statements } of policies)
    for (const { resources } of statements)
      for (const { text } of resources?.values ?? []) {
        const [arn, partition = "", , region = "", account = ""] = text.split(":");
        if (arn !== "arn") continue;
        const place = {
          partition: filled(partition, USUAL.partition),
          region: filled(region, USUAL.region),
          account: filled(account, USUAL.account),
        };
        places.set(JSON.stringify(place), place);
      }
  return [...places.values()];
}

function filled(part: string, usual: string): string {
  return part === "" || /[*?$]/.test(part) ? usual : part;
}
