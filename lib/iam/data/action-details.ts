import { remembered } from "../../collections/remembered";

/** Access levels as the Service Authorization Reference has them, the most serious first. */
export const ACCESS_LEVELS = ["permissions management", "write", "tagging", "read", "list"] as const;
type AccessLevel = (typeof ACCESS_LEVELS)[number];

/** What a pattern of actions, such as `s3:Get*`, matches. */
interface MatchedActions {
  readonly count: number;
  /** Of the actions, the most serious first. */
  readonly levels: readonly AccessLevel[];
}

/** One action. */
interface ActionDetails {
  readonly level: AccessLevel;
  /** ARN patterns of the resource types that it takes; empty: it takes none. */
  readonly resources: readonly string[];
  /** Condition keys of its service that requests can have. */
  readonly keys: readonly string[];
}

/** The actions of every service, as of a day. */
export interface ActionCatalogue {
  readonly date: string;
  /**
   * What a pattern of one service matches; nothing, if the catalogue does not have the service.
   * Undefined: the pattern is of more than one service.
   */
  readonly matching: (pattern: string) => MatchedActions | undefined;
  /** Undefined: the action is not known, such as a newer one. */
  readonly detailsOf: (action: string) => ActionDetails | undefined;
  /**
   * The actions of a service, such as `s3:GetObject`. Undefined: the catalogue does not have it.
   * @param service in lower case
   */
  readonly actionsOf: (service: string) => readonly string[] | undefined;
}

/**
 * What `npm run actions` writes: an action by name has its level, resource types and condition
 * keys.
 */
export interface ActionDetailsFile {
  readonly date: string;
  readonly services: Readonly<
    Record<
      string,
      {
        readonly resources: Readonly<Record<string, string>>;
        /** The level as its place in `ACCESS_LEVELS`, then names with a space between them. */
        readonly actions: Readonly<Record<string, readonly [level: number, types: string, keys: string]>>;
      }
    >
  >;
}

/** @param read the data; called when the first action is asked for */
export function actionCatalogueFrom(read: () => ActionDetailsFile): ActionCatalogue {
  const names = new Map<string, ReadonlyMap<string, string>>();
  const serviceOf = (action: string) => {
    const [service = "", ...rest] = action.split(":");
    const { services } = read();
    const name = service.toLowerCase();
    const found = Object.hasOwn(services, name) ? services[name] : undefined;
    return { found, service: name, name: rest.join(":").toLowerCase() };
  };
  /** As the catalogue writes them, by their names in lower case. */
  const namesIn = (service: string, actions: object) =>
    remembered(names, service, () => new Map(Object.keys(actions).map((name) => [name.toLowerCase(), name])));
  return {
    get date() {
      return read().date;
    },
    matching: (pattern) => {
      const { found, name } = serviceOf(pattern);
      if (found === undefined) return /^[^:*?]+:/.test(pattern) ? { count: 0, levels: [] } : undefined;
      const parts = name.split("*");
      const matched = Object.entries(found.actions).filter(([action]) =>
        isMatch(action.toLowerCase(), parts),
      );
      const places = new Set(matched.map(([, [level]]) => level));
      return { count: matched.length, levels: ACCESS_LEVELS.filter((_, at) => places.has(at)) };
    },
    detailsOf: (action) => {
      const { found, service, name } = serviceOf(action);
      const details = found?.actions[namesIn(service, found.actions).get(name) ?? ""];
      const level = ACCESS_LEVELS[details?.[0] ?? -1];
      if (found === undefined || details === undefined || level === undefined) return undefined;
      const [, types, keys] = details;
      return {
        level,
        resources: wordsIn(types).flatMap((type) => found.resources[type] ?? []),
        keys: wordsIn(keys),
      };
    },
    actionsOf: (service) => {
      const { found } = serviceOf(service);
      return found && [...namesIn(service, found.actions).values()].map((name) => `${service}:${name}`);
    },
  };
}

function wordsIn(text: string): readonly string[] {
  return text === "" ? [] : text.split(" ");
}

/**
 * The parts between the stars in their order, each as early as possible; the last at the end. `?`
 * is any character.
 */
function isMatch(name: string, parts: readonly string[]): boolean {
  const [first = "", ...rest] = parts;
  if (!startsAt(name, first, 0)) return false;
  const last = rest.pop();
  if (last === undefined) return name.length === first.length;
  let at = first.length;
  for (const part of rest) {
    while (at + part.length <= name.length && !startsAt(name, part, at)) at += 1;
    if (at + part.length > name.length) return false;
    at += part.length;
  }
  const end = name.length - last.length;
  return end >= at && startsAt(name, last, end);
}

function startsAt(name: string, part: string, at: number): boolean {
  if (at + part.length > name.length) return false;
  return [...part].every((symbol, index) => symbol === "?" || symbol === name[at + index]);
}
