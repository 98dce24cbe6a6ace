/** Replaces every secret in a text. */
export type Mask = (text: string) => string;

/**
 * A mask for secrets in each form that a text may hold: plain, URL-encoded, in JSON, in Base64.
 */
export function maskOf(secrets: readonly string[]): Mask {
  const forms = new Set(
    secrets.flatMap((one) => [
      one,
      encodeURIComponent(one),
      JSON.stringify(one).slice(1, -1),
      Buffer.from(one).toString("base64"),
    ]),
  );
  // The longest first: one form may contain another.
  const ordered = [...forms].sort((a, b) => b.length - a.length);
  return (text) => ordered.reduce((masked, form) => masked.replaceAll(form, "***"), text);
}
