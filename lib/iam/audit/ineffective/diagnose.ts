import type { Statement } from "../../language/policy";
import { isMeantForCircleCi } from "../core/names-circleci";
import { wrongAction } from "./actions";
import { conflicts } from "./conflicts";
import { twoIssuers } from "./issuers";
import { keysWithScheme } from "./keys";
import { type AuditedPolicy, allowsNoToken, type Detector, type Mistake } from "./mistake";
import { placeholders } from "./placeholders";
import { missingPrincipal, wrongPrincipal } from "./principals";
import { unissuedSubjects } from "./subjects";
import { unsetKeys } from "./unset-keys";

/** In the order in which one mistake hides the next. */
const DETECTORS: readonly Detector[] = [
  keysWithScheme,
  missingPrincipal,
  wrongPrincipal,
  placeholders,
  wrongAction,
  twoIssuers,
  unsetKeys,
  unissuedSubjects,
];

export interface Diagnosis {
  /** At least one. */
  readonly mistakes: readonly Mistake[];
  /**
   * The corrected statement or statements. They allow a token. Undefined: the intention is not
   * known.
   */
  readonly corrected?: readonly Statement[];
}

/**
 * Why a statement for CircleCI tokens allows none of them. Each detector examines the statement
 * without the mistakes found before, until the prover finds an allowed token.
 */
export function diagnose(statement: Statement, audited: AuditedPolicy): Diagnosis {
  const mistakes: Mistake[] = [];
  let current: readonly Statement[] = [statement];
  for (const detect of DETECTORS) {
    const dead = current.find(
      (one) => isMeantForCircleCi(one, audited.context.servers) && allowsNoToken(one, audited),
    );
    if (dead === undefined) break;
    const mistake = detect(dead, audited);
    if (mistake === undefined) continue;
    mistakes.push(mistake);
    const { corrected } = mistake;
    if (corrected === undefined) return { mistakes };
    current = current.flatMap((one) => (one === dead ? corrected : [one]));
  }
  const isLive = !current.some(
    (one) => isMeantForCircleCi(one, audited.context.servers) && allowsNoToken(one, audited),
  );
  if (mistakes.length === 0) return { mistakes: [conflicts(statement, audited)] };
  const isShown = isLive && mistakes.every(({ isMadeUp }) => isMadeUp === undefined);
  return isShown ? { mistakes, corrected: current } : { mistakes };
}
