import { remembered } from "../../../collections/remembered";
import type { JsonPath, Policy, Statement } from "../../language/policy";
import { findAllowed, type TokenAnswer, type Wanted } from "../../prove/tokens/find-allowed";
import { providersOf } from "../../prove/tokens/principals";
import type { Provider } from "../../prove/tokens/provider";
import type { AuditContext } from "../core/context";
import type { FindingId } from "../core/finding";

/** Why a statement for CircleCI tokens allows none of them. */
export interface Mistake {
  readonly id: FindingId;
  readonly path: JsonPath;
  /** What is wrong, and what to write instead. */
  readonly message: string;
  /**
   * The statement without the mistake, or the statements that it has to be split into. Undefined:
   * the intention is not known.
   */
  readonly corrected?: readonly Statement[];
  /**
   * Whether the correction holds something made up, to go on with. Default: it does not, and can be
   * shown.
   */
  readonly isMadeUp?: true;
}

/** The policy that a statement belongs to, with what is known about its role. */
export interface AuditedPolicy {
  readonly policy: Policy;
  readonly context: AuditContext;
}

/** Looks for one kind of mistake. */
export type Detector = (statement: Statement, audited: AuditedPolicy) => Mistake | undefined;

/** CircleCI's providers that the statements apply to. */
export function providersIn(
  statements: readonly Statement[],
  { policy, context: { servers = [] } }: AuditedPolicy,
): readonly Provider[] {
  return providersOf([{ ...policy, statements }], [], servers).filter(
    ({ circleci }) => circleci !== undefined,
  );
}

/** Whether the statements allow a token of the provider. */
export function resultFor(
  statements: readonly Statement[],
  provider: Provider,
  { policy }: AuditedPolicy,
  wanted: Wanted = {},
): TokenAnswer["result"] {
  return findAllowed({ ...policy, statements }, provider, wanted).result;
}

/**
 * Whether a statement alone allows no CircleCI token. A statement that cannot be decided may allow
 * one.
 */
export function allowsNoToken(statement: Statement, audited: AuditedPolicy): boolean {
  const { servers = [] } = audited.context;
  const ofStatement = remembered(known, statement, () => new Map<string, boolean>());
  return remembered(ofStatement, servers.join(), () =>
    providersIn([statement], audited).every(
      (provider) => resultFor([statement], provider, audited) === "none",
    ),
  );
}

/** By servers: what a statement allows depends on nothing else. */
const known = new WeakMap<Statement, Map<string, boolean>>();

/** Such as `"a" and "b"`. */
export function listed(texts: readonly string[]): string {
  const quoted = [...new Set(texts)].map((text) => JSON.stringify(text));
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} and ${quoted.at(-1)}`;
}
