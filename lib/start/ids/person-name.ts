import { memberRule } from "../../config/rules/names";

/**
 * A name for access.yaml made from a login: valid under the file's rules and unique in the file.
 * @param taken names of people and groups, in any letter case
 */
export function personName(login: string, id: string, taken: Iterable<string>): string {
  const others = new Set([...taken].map((name) => name.toLowerCase()));
  const plain = login
    .normalize("NFKD")
    .replaceAll(/\p{M}+/gu, "")
    .replaceAll(/[^A-Za-z0-9._@+-]+/g, "-")
    .replaceAll(/^[^A-Za-z0-9]+|-+$/g, "");
  const base = plain === "" ? `user-${id.slice(0, 8)}` : plain;
  for (let count = 1; ; count++) {
    const name = count === 1 ? base : `${base}-${count}`;
    if (memberRule("person")(name) === undefined && !others.has(name.toLowerCase())) return name;
  }
}
