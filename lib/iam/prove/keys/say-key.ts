import type { Known } from "../../automata/formula";
import type { Key, TextKey } from "./keys";
import { CLOCK } from "./known-keys";

/** How people call what a truth value or an absence says. */
const BY_NAME: ReadonlyMap<string, { readonly yes: string; readonly no: string }> = new Map([
  ["aws:securetransport", { yes: "over TLS", no: "without TLS" }],
  ["aws:multifactorauthpresent", { yes: "with MFA", no: "without MFA" }],
]);
const FROM: ReadonlySet<string> = new Set(["aws:sourceip"]);

/**
 * What is needed of a key, in the policies' terms, such as `from outside 10.0.0.0/8`,
 * `before 2026-01-01`, `without MFA`, so that it follows "for requests". Undefined: nothing is.
 *
 * @param values that it has; undefined: it is missing
 * @param needed what of it must be so
 */
export function sayKey(key: Key, values: readonly string[] | undefined, needed: Known): string | undefined {
  const { name } = key.kind;
  const words = BY_NAME.get(name.toLowerCase());
  const atoms = "line" in key ? key.line.atomsOf(key.at) : key.claim.atoms;
  if (atoms.every((one) => needed[one] === undefined)) return undefined;
  if (values === undefined) return words?.no ?? `without ${name}`;
  const written = `with ${name} = ${values.map((text) => (text === "" ? '""' : text)).join(" and ")}`;
  if ("line" in key) {
    if (key.kind.isList || key.line.isOther(needed)) return written;
    const said = key.line.say(key.at, needed);
    if (said === "") return `with ${name}`;
    if (FROM.has(name.toLowerCase()))
      return said.replaceAll(/^outside /g, "from outside ").replaceAll(/\bin /g, "from ");
    return CLOCK.includes(name.toLowerCase()) ? said : `with ${name} ${said}`;
  }
  if (key.kind.type === "boolean") return (values[0] === "true" ? words?.yes : words?.no) ?? written;
  return isNamed(key, needed) ? written : (sayText(key, needed) ?? written);
}

/** Whether the text is needed to be one of some that a policy names. */
function isNamed({ claim, asked }: TextKey, needed: Known): boolean {
  if (claim.shape.isList) return false;
  return claim.languages.some(
    (state, at) => needed[claim.some[at] ?? -1] === true && asked.get(state)?.is.startsWith("= ") === true,
  );
}

function sayText({ kind, claim, asked }: TextKey, needed: Known): string | undefined {
  const said = claim.languages.flatMap((state, at) => {
    const [some, every] = [needed[claim.some[at] ?? -1], needed[claim.every[at] ?? -1]];
    const words = asked.get(state);
    if (words === undefined) return [];
    if (!claim.shape.isList)
      return some === undefined ? [] : [{ is: some, text: some ? words.is : words.isNot }];
    return [
      ...(some === undefined ? [] : [{ is: some, text: some ? words.is : `none ${words.is}` }]),
      ...(every === undefined ? [] : [{ is: every, text: every ? `all ${words.is}` : words.isNot }]),
    ];
  });
  const isUnsaid = claim.languages.some(
    (state, at) =>
      !asked.has(state) &&
      (needed[claim.some[at] ?? -1] !== undefined || needed[claim.every[at] ?? -1] !== undefined),
  );
  if (isUnsaid) return undefined;
  if (said.length === 0) return `with ${kind.name}`;
  const parts = [...said.filter(({ is }) => is), ...said.filter(({ is }) => !is)].map(({ text }) => text);
  return `with ${kind.name} ${parts.join(" and ")}`;
}
