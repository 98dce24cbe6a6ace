/** The text with everything in it masked that could authorise somebody. */
export type Mask = (text: string) => string;

/**
 * Masks secrets in all the forms in which a text may hold them: as they are, in a URL, in JSON, in
 * base64.
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
  // The longest first: one may hold another.
  const ordered = [...forms].sort((a, b) => b.length - a.length);
  return (text) => ordered.reduce((masked, form) => masked.replaceAll(form, "***"), text);
}
