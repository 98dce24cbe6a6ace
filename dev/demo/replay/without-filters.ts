import { isMap, isSeq, parseDocument } from "yaml";

/**
 * The config without its filters, as anyone with a branch can push it, so that every job runs from
 * every ref. Filters are a convenience; only the trust policy denies access.
 * @returns undefined if the config has no filter
 */
export function withoutFilters(config: string): string | undefined {
  const document = parseDocument(config);
  const workflows: unknown = document.get("workflows");
  let found = false;
  for (const { value } of isMap(workflows) ? workflows.items : []) {
    const jobs: unknown = isMap(value) ? value.get("jobs") : undefined;
    for (const item of isSeq(jobs) ? jobs.items : []) {
      const start = isMap(item) ? item.items[0]?.value : undefined;
      if (isMap(start) && start.delete("filters")) found = true;
    }
  }
  return found ? document.toString({ lineWidth: 0 }) : undefined;
}
