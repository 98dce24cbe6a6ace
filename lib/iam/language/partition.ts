/**
 * The domain under which a partition's services answer (AWS SDKs, partitions.json; regions and
 * partitions: lib/config/rules/region.ts).
 */
const DNS_SUFFIXES: ReadonlyMap<string, string> = new Map([
  ["aws", "amazonaws.com"],
  ["aws-us-gov", "amazonaws.com"],
  ["aws-cn", "amazonaws.com.cn"],
  ["aws-eusc", "amazonaws.eu"],
  ["aws-iso", "c2s.ic.gov"],
  ["aws-iso-b", "sc2s.sgov.gov"],
  ["aws-iso-e", "cloud.adc-e.uk"],
  ["aws-iso-f", "csp.hci.ic.gov"],
]);

/**
 * @throws Error for a partition that has no entry: a guess would be a policy that never matches.
 */
export function dnsSuffix(partition: string): string {
  const suffix = DNS_SUFFIXES.get(partition);
  if (suffix === undefined) throw new Error(`no DNS suffix is known for partition "${partition}"`);
  return suffix;
}
