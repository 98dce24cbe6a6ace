import type { Patterns, Piece, Policy, Value } from "./policy";
import { ARN_PARTS, splitArn } from "./split-arn";

/** Whether a resource begins as an ARN and has fewer than its six fields. */
export function isIncompleteArn(value: Value): boolean {
  const [first, ...others] = splitArn(value);
  const isArn =
    first?.pieces.length === 1 && first.pieces[0]?.kind === "literal" && first.pieces[0].text === "arn";
  return isArn && 1 + others.length < ARN_PARTS;
}

/**
 * An identity-based policy with its incomplete ARNs completed: "AWS automatically completes the ARN
 * by adding wildcard characters (*) to all missing fields", so `arn:aws:sqs` is `arn:aws:sqs:*:*:*`
 * (IAM User Guide, "IAM identifiers", note in "IAM ARNs"). That is documented for identity-based
 * policies only, and a permissions boundary is a managed policy. The meaning in
 * a resource-based policy is not documented, and STS rejects a session policy with one.
 *
 * Not completed: an ARN whose last field is there and empty (`arn:aws:sqs:`). The guide does not
 * say whether that field is missing.
 */
export function withCompleteArns(policy: Policy): Policy {
  if (!policy.statements.some(({ resources }) => resources?.values.some(isIncompleteArn))) return policy;
  return {
    ...policy,
    statements: policy.statements.map((statement) =>
      statement.resources === undefined
        ? statement
        : { ...statement, resources: withCompleteValues(statement.resources) },
    ),
  };
}

function withCompleteValues(patterns: Patterns): Patterns {
  return { ...patterns, values: patterns.values.map(completed) };
}

function completed(value: Value): Value {
  const parts = splitArn(value);
  if (!isIncompleteArn(value) || parts.at(-1)?.pieces.length === 0) return value;
  const missing = Array.from({ length: ARN_PARTS - parts.length }, (): readonly Piece[] => [
    { kind: "literal", text: ":" },
    { kind: "any-run" },
  ]);
  return { ...value, pieces: joined([...value.pieces, ...missing.flat()]) };
}

/** Literals in a row are one piece. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (piece.kind === "literal" && last?.kind === "literal")
      result[result.length - 1] = { kind: "literal", text: last.text + piece.text };
    else result.push(piece);
  }
  return result;
}
