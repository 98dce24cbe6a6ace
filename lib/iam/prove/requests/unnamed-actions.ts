import { Mark } from "../../automata/classify";
import type { Determinized } from "../../automata/determinize";
import { explore } from "../../automata/explore";
import { compileFragment, either, type Fragment, sequence } from "../../automata/fragments";
import { anyRun, compilePatterns } from "../../automata/patterns";
import { anyOperation, anyService } from "./request-languages";

/** One way in which an action can be in some languages and not in others. */
interface Unnamed {
  /** The states whose languages it is in. */
  readonly members: ReadonlySet<number>;
  /** An action that is. */
  readonly find: () => string;
}

/**
 * Every combination of languages that an action can be in, for actions that are not named. Every
 * service that is written out is examined individually, where the languages of the others have
 * ended. Then all other services together.
 *
 * @param states of the automaton
 * @param named in any letter case
 * @param services in lower case; at least each service that a language distinguishes
 */
export function unnamedActions(
  states: readonly number[],
  named: readonly string[],
  services: ReadonlySet<string>,
  automaton: Determinized,
): readonly Unnamed[] {
  const stateOf = (fragment: Fragment): number =>
    automaton.stateOf(compileFragment(automaton.graph, fragment));
  const names = named.map((name) => [name]);
  const taken = automaton.stateOf(compilePatterns(automaton.graph, names, { ignoreCase: true }));
  const call = stateOf(anyOperation);
  const ofService = [...services].flatMap((service) =>
    waysIn(
      { states, prefix: `${service}:`, every: call, except: automaton.after(taken, `${service}:`) },
      automaton,
    ),
  );
  const elsewhere = {
    states,
    prefix: "",
    every: stateOf(sequence(anyService, ":", anyOperation)),
    except: stateOf(sequence(either(...services), ":", anyRun)),
  };
  return [...ofService, ...waysIn(elsewhere, automaton)];
}

interface Where {
  readonly states: readonly number[];
  /** What the actions begin with. */
  readonly prefix: string;
  /** States of what comes after it: all that there is, and what has been looked at elsewhere. */
  readonly every: number;
  readonly except: number;
}

function waysIn({ states, prefix, every, except }: Where, automaton: Determinized): readonly Unnamed[] {
  automaton.budget.spend(states.length);
  const started = states.map((state) => automaton.after(state, prefix));
  const alive = [...new Set(started)].filter((state) => state !== automaton.graph.nothing);
  const seen = new Map<string, readonly boolean[]>();
  const walk = (wanted?: string): string | undefined => {
    const isSettled = (marks: readonly Mark[]): boolean => {
      const key = keyOf(marks.map((mark) => mark === Mark.always));
      return wanted === undefined ? seen.has(key) : key !== wanted;
    };
    return explore<string>(
      automaton,
      [every, except, ...alive],
      {
        isHopeless: ([, exceptMark, ...marks]) =>
          exceptMark === Mark.always || (marks.every(isDecided) && isSettled(marks)),
        accept: ([isAction, isElsewhere, ...members]) => {
          if (isAction !== true || isElsewhere === true) return undefined;
          const key = keyOf(members);
          if (wanted === undefined) seen.set(key, members);
          return key === wanted ? key : undefined;
        },
      },
      [0],
    )?.text;
  };
  walk();
  return [...seen].map(([key, isIn]) => ({
    members: new Set(states.filter((_, at) => isIn[alive.indexOf(started[at] ?? 0)] === true)),
    find: () => `${prefix}${walk(key) ?? ""}`,
  }));
}

function keyOf(members: readonly boolean[]): string {
  return members.map(Number).join("");
}

function isDecided(mark: Mark): boolean {
  return mark === Mark.never || mark === Mark.always;
}
