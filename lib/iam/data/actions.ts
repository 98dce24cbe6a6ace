import list from "./actions.json";

/** Action names by service, as in policies: `s3` → `AbortMultipartUpload`, … */
export interface ActionList {
  /** The day of the data, `2026-09-26`. */
  readonly date: string;
  /**
   * The names of a service; undefined: the list does not have the service.
   * @param service in lower case
   */
  readonly namesOf: (service: string) => readonly string[] | undefined;
  readonly services: readonly string[];
}

/**
 * The actions of the Service Authorization Reference, as `npm run actions` wrote them. Names are
 * split only when a service is asked for.
 */
export function knownActions(): ActionList {
  const services = new Map<string, string>(Object.entries(list.services));
  return {
    date: list.date,
    namesOf: (service) => services.get(service)?.split(" "),
    services: [...services.keys()],
  };
}
