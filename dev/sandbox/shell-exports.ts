/** Lines that a POSIX shell can read: what to unset, then what to export. */
export function shellExports(
  environment: Readonly<Record<string, string>>,
  unset: readonly string[],
): readonly string[] {
  const exports = Object.entries(environment).map(([name, value]) => `export ${name}=${quote(value)}`);
  return [...(unset.length === 0 ? [] : [`unset ${unset.join(" ")}`]), ...exports];
}

function quote(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}
