import type { Formula } from "../../automata/formula";
import type { Assignment } from "../search/find-assignment";
import type { ActionClass } from "./action-classes";

/** Requests for the actions of one class, by one caller. */
export interface RequestCase {
  readonly actions: ActionClass;
  readonly caller?: string;
  /**
   * Each of them is something to look for: what was denied and is allowed, and the other way round.
   */
  readonly gained: readonly Formula[];
  readonly lost: readonly Formula[];
}

/** Is there a request of the case for which the goal holds? */
export interface RequestQuestion {
  readonly one: RequestCase;
  readonly goal: Formula;
}

/** A request, and where others may be. */
export interface FoundRequest {
  readonly point: Assignment;
  /** The question that it answers, and those that have not been asked yet. */
  readonly questions: readonly [RequestQuestion, ...RequestQuestion[]];
}
