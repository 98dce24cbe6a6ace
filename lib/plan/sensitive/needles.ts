/** A text to look for. */
export interface Needle {
  /** Four characters or more. */
  readonly text: string;
  /**
   * `anywhere`: inside other words too; `word`: only without a letter or digit next to it;
   * `base64`: a part of an encoded text, all of which then counts as found.
   */
  readonly kind: "anywhere" | "word" | "base64";
}

/**
 * Shorter texts and numbers occur too often in other texts (ports, `eu`, `on`): masking them would
 * make the report unreadable.
 */
const LEAST_TEXT = 4;
const LEAST_NUMBER = 6;
/** From here a text is looked for inside of words, and in Base64. */
const LEAST_ANYWHERE = 8;
/**
 * A line of a secret of several lines, if it has no white space in it: a line of a key, and not of
 * a program.
 */
const LEAST_LINE = 16;
const COMMON: ReadonlySet<string> = new Set(["true", "false", "null", "none", "None", "default"]);

/**
 * What to look for so that no trace of these secrets is left in a text whose escapes have been
 * taken away.
 */
export function needlesFor(secrets: Iterable<string>): readonly Needle[] {
  const found = { anywhere: new Map<string, Needle>(), word: new Map(), base64: new Map() };
  for (const secret of secrets)
    for (const text of formsOf(secret))
      for (const needle of needlesOf(text)) found[needle.kind].set(needle.text, needle);
  return [...found.anywhere.values(), ...found.word.values(), ...found.base64.values()];
}

/**
 * The secret, it without white space around it, its lines, and the values of a flat JSON object.
 */
function formsOf(secret: string): readonly string[] {
  const lines = secret.includes("\n")
    ? secret
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line.length >= LEAST_LINE && !/\s/.test(line))
    : [];
  const parts = valuesOf(secret).filter((text) => text.length >= LEAST_ANYWHERE);
  const trimmed = secret.trim();
  return [secret, ...(trimmed === secret ? [] : [trimmed]), ...lines, ...parts];
}

/**
 * Secrets Manager stores user and password in one flat object, and programs read its values. A
 * nested object is a policy or a list of containers that contains a secret and many ordinary words.
 */
function valuesOf(text: string): readonly string[] {
  if (!text.trimStart().startsWith("{")) return [];
  try {
    const value: unknown = JSON.parse(text);
    const values = typeof value === "object" && value !== null ? Object.values(value) : [];
    return values.every((one) => typeof one !== "object") ? values.map(String) : [];
  } catch {
    return [];
  }
}

function needlesOf(text: string): readonly Needle[] {
  const least = /^-?[\d.]+(e[-+]?\d+)?$/i.test(text) ? LEAST_NUMBER : LEAST_TEXT;
  if (text.trim().length < least || COMMON.has(text)) return [];
  const encoded = Buffer.from(text, "utf8").toString("base64");
  if (text.length < LEAST_ANYWHERE) {
    return [
      { text, kind: "word" },
      { text: encoded, kind: "word" },
    ];
  }
  const anywhere: Needle = { text, kind: "anywhere" };
  const cores = writtenForms(text).flatMap(base64Cores);
  return [anywhere, ...cores.map((core): Needle => ({ text: core, kind: "base64" }))];
}

/**
 * The forms in a JSON document that is then encoded: `jsonencode` escapes `<`, `>` and `&`, and
 * other programs do not.
 */
function writtenForms(text: string): readonly string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const go = json.replace(
    /[<>&\u2028\u2029]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  if (go === text) return [text];
  return [...new Set([text, json, go])];
}

/**
 * The part of the Base64 of any text that contains this one (RFC 4648, section 4 and 5). Three
 * bytes become four characters, so there are three alignments. Characters that depend on the bytes
 * before or after it are left out.
 */
function base64Cores(text: string): readonly string[] {
  const length = Buffer.byteLength(text, "utf8");
  const cores: string[] = [];
  for (const before of [0, 1, 2]) {
    const encoded = Buffer.from("\0".repeat(before) + text, "utf8").toString("base64");
    const core = encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + length) * 8) / 6));
    cores.push(core);
    if (/[+/]/.test(core)) cores.push(core.replaceAll("+", "-").replaceAll("/", "_"));
  }
  return cores;
}
