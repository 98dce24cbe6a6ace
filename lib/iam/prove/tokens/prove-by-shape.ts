import type { Grant } from "../../../config/model/model";
import type { Policy } from "../../language/policy";
import { type Proof, proveWithScope } from "./prove-trust-policy";
import { shapeOf } from "./shape";

/** Shapes that were proven over every token, as `shapeOf` writes them. */
export type ProvenShapes = Set<string>;

/**
 * Proves a trust policy, unless one of the same shape was proven before. A policy without a shape,
 * one that differs, and one that holds only for tokens that CircleCI can issue is proven anew, so
 * that every counterexample is the role's own.
 * @param proven gets the shape of what is proven here
 */
export function proveByShape(policy: Policy, grant: Grant, providerArn: string, proven: ProvenShapes): Proof {
  const shape = shapeOf(policy, grant, providerArn);
  if (shape !== undefined && proven.has(shape)) return { result: "equal" };
  const { proof, isOfEveryToken } = proveWithScope(policy, grant, providerArn);
  if (shape !== undefined && proof.result === "equal" && isOfEveryToken) proven.add(shape);
  return proof;
}
