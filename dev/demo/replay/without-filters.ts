import { isMap, isSeq, parseDocument } from "yaml";

/**
 * The config as somebody may push it on a branch of their own: without the filters, so that every
 * job runs from everywhere. A filter is a convenience; only the trust policy keeps anybody out.
 * @returns undefined where there is no filter to take out
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
