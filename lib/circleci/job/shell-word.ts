/** A word of bash that means itself. */
export function quoted(text: string): string {
  return /^[A-Za-z0-9_./=:,+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
