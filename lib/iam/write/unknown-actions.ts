import { adviceFor, suggest } from "../../collections/suggest";
import type { Access, AnyRole } from "../../config/model/model";
import type { ErrorCode } from "../../errors";
import type { ActionList } from "../data/actions";

/** A problem at a place below the role. */
interface ActionProblem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly found: string;
  readonly allowed: string;
  readonly fix: string;
  /** From the role's entry: `["statements", 0, "Action", 1]`. */
  readonly at: readonly (string | number)[];
}

interface CheckedActions {
  readonly problems: readonly ActionProblem[];
  /** Services that the list does not have, each once. */
  readonly unknownServices: readonly string[];
}

/**
 * Actions of a role's statements that no request can have: IAM accepts them, and they allow and
 * deny nothing. A pattern is checked as a whole: it has to match an action (IAM User Guide, "JSON
 * policy element reference: Action", which ignores case).
 * @param access its `knownServices` are not checked
 */
export function checkActions(
  role: Pick<AnyRole, "statements">,
  access: Pick<Access, "knownServices">,
  list: ActionList,
): CheckedActions {
  const problems: ActionProblem[] = [];
  const unknown = new Set<string>();
  const skipped = new Set((access.knownServices ?? []).map((service) => service.toLowerCase()));
  for (const [index, statement] of role.statements.entries()) {
    for (const element of ["Action", "NotAction"] as const) {
      const value = statement[element];
      for (const [position, action] of [value ?? []].flat().entries()) {
        const [service = "", pattern] = action.split(":");
        if (pattern === undefined || skipped.has(service.toLowerCase())) continue;
        const names = list.namesOf(service.toLowerCase());
        if (names === undefined) unknown.add(service);
        else if (!names.some(actionMatcher(pattern))) {
          const at = ["statements", index, element, ...(typeof value === "string" ? [] : [position])];
          problems.push({ ...problemOf(service, pattern, names, list.date), at });
        }
      }
    }
  }
  return { problems, unknownServices: [...unknown] };
}

/** The warning about a service, for people. */
export function unknownServiceWarning(service: string, list: ActionList): string {
  const close = suggest(service, list.services);
  const meant = close === undefined ? "Add" : `Did you mean \`${close}\`? Otherwise: add`;
  return `The list of IAM actions (${list.date}) has no service \`${service}\`, so its actions are not checked. ${meant} it to \`knownServices\` in access.yaml.`;
}

/**
 * Whether an action's name matches a pattern, in any letter case. Step by step, because a regular
 * expression of many `*` could take minutes.
 */
export function actionMatcher(pattern: string): (name: string) => boolean {
  const wanted = pattern.toLowerCase();
  return (text) => {
    const name = text.toLowerCase();
    // Where each prefix of the name ends a match of the pattern so far.
    let ends: readonly boolean[] = [true, ...Array.from(name, () => false)];
    for (const symbol of wanted) {
      let reached = false;
      ends = ends.map((end, index) => {
        reached ||= end;
        if (symbol === "*") return reached;
        return index > 0 && ends[index - 1] === true && (symbol === "?" || symbol === name[index - 1]);
      });
    }
    return ends[name.length] === true;
  };
}

function problemOf(
  service: string,
  pattern: string,
  names: readonly string[],
  date: string,
): Omit<ActionProblem, "at"> {
  const end = pattern.search(/[*?]/);
  const isPattern = end !== -1;
  const literal = isPattern ? pattern.slice(0, end) : pattern;
  const candidates = isPattern
    ? new Set(names.flatMap((name) => [-1, 0, 1].map((more) => name.slice(0, literal.length + more))))
    : names;
  const ending = isPattern ? pattern.slice(end) : "";
  const otherwise = `if the action is newer than ${date}, add ${service} to \`knownServices\``;
  return {
    code: "unknown-action",
    message: isPattern ? `no action of ${service} matches this pattern` : `${service} has no such action`,
    found: `${service}:${pattern}`,
    allowed: `an action of ${service} in the Service Authorization Reference (${date})`,
    fix: adviceFor(
      `${service}:${literal}${ending}`,
      [...candidates].map((name) => `${service}:${name}${ending}`),
      otherwise,
    ),
  };
}
