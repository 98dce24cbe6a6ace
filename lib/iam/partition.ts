/** The domain under which a partition's services answer ("AWS General Reference", service endpoints). */
const DNS_SUFFIXES: Readonly<Record<string, string>> = {
  aws: "amazonaws.com",
  "aws-us-gov": "amazonaws.com",
  "aws-cn": "amazonaws.com.cn",
  "aws-iso": "c2s.ic.gov",
  "aws-iso-b": "sc2s.sgov.gov",
};

/** @throws Error for a partition that has no entry: a guess would be a policy that never matches. */
export function dnsSuffix(partition: string): string {
  const suffix = DNS_SUFFIXES[partition];
  if (suffix === undefined) throw new Error(`no DNS suffix is known for partition "${partition}"`);
  return suffix;
}
