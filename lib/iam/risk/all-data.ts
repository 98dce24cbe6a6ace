import { compileAccess } from "../evaluate/access";
import { compileActions } from "../evaluate/match-resource";
import { requestKeys } from "../evaluate/request";
import type { Policy, Statement } from "../language/policy";
import { DATA_STORES, type DataStore, type DataStoreName } from "./data-stores";
import type { Effective } from "./effective";
import { type Place, placesIn, UNNAMED } from "./unnamed-resources";

/** All data of one kind. */
export interface AllData {
  readonly what: DataStoreName;
  readonly how: "read" | "write";
  /** The first of the calls that is allowed. */
  readonly action: string;
  /** A statement allows it on `*`, and none denies it. */
  readonly isOnEverything: boolean;
}

const OPEN = requestKeys([], "open");
const CALLER = { type: "Federated", arn: "" } as const;

/**
 * The kinds of data all of which may be read or written: a call is allowed on one that no policy
 * names, in some account and region. A policy for names with a prefix does not count, one with
 * exceptions does. What depends on condition keys counts as allowed.
 */
function allDataIn({ policies, all }: Effective): readonly AllData[] {
  const isAllowed = compileAccess(policies, CALLER);
  const places = placesIn(all);
  const isOfAll = (action: string, { arn }: DataStore) =>
    places.some(
      (place) => isAllowed({ action, resource: arnIn(arn, place), keys: OPEN }).verdict !== "denied",
    );
  return DATA_STORES.flatMap((store) =>
    (["read", "write"] as const).flatMap((how) => {
      const action = (how === "read" ? store.reads : store.writes).find((one) => isOfAll(one, store));
      if (action === undefined) return [];
      return [{ what: store.what, how, action, isOnEverything: isOnEverything(action, all) }];
    }),
  );
}

/**
 * As policies name it: with exceptions, or in one account and region, it is all that is there too.
 */
function isOnEverything(action: string, policies: readonly Policy[]): boolean {
  const about = policies
    .flatMap(({ statements }) => statements)
    .filter(({ actions }) => compileActions(actions)(action, OPEN) !== false);
  const isAll = ({ resources }: Statement) =>
    resources?.negated === false && resources.values.some(({ text }) => text === "*");
  return about.every(({ effect }) => effect === "Allow") && about.some(isAll);
}

/** Those that are new. @param before undefined: nothing was allowed */
export function allDataBetween(before: Effective | undefined, after: Effective): readonly AllData[] {
  const old = new Set(
    (before === undefined ? [] : allDataIn(before)).map(({ what, how }) => `${what} ${how}`),
  );
  return allDataIn(after).filter(({ what, how }) => !old.has(`${what} ${how}`));
}

function arnIn(arn: string, { partition, region, account }: Place): string {
  return arn
    .replace("PARTITION", partition)
    .replace("REGION", region)
    .replace("ACCOUNT", account)
    .replaceAll("NAME", UNNAMED);
}
