import { type ErrorCode, ProjectError } from "../../lib/errors";
import { BUDGET_SIZE } from "./budgets";

/** Limit of generateAccess. */
const MAX_PROJECTS = 9_999;
/** Each project is a stack, whose three commands take seconds. */
const MAX_REVIEWED = 100;
const MAX_RUNS = 1_000;

/** @throws ProjectError `bench-runs` (exit 2) */
export function parseRuns(text: string): number {
  return wholeNumber(text, MAX_RUNS, "bench-runs", "--runs 5");
}

/**
 * Parses sizes: in ascending order, without duplicates. @throws ProjectError `bench-sizes` (exit 2)
 */
export function parseSizes(text: string): readonly number[] {
  const sizes = text
    .split(",")
    .map((size) => wholeNumber(size, MAX_PROJECTS, "bench-sizes", "--sizes 10,100,1000"));
  return [...new Set(sizes)].sort((left, right) => left - right);
}

/**
 * Parses the number of projects in the review. 0: not measured. @throws ProjectError `bench-review`
 * (exit 2)
 */
export function parseReviewProjects(text: string): number {
  return text === "0" ? 0 : wholeNumber(text, MAX_REVIEWED, "bench-review", "--review 6");
}

/** Half an hour of generating. */
const MAX_TRAIL_MB = 4_000;

/** Parses the size of trail logs. @returns bytes @throws ProjectError `bench-trail` (exit 2) */
export function parseTrail(text: string): number {
  return wholeNumber(text, MAX_TRAIL_MB, "bench-trail", "--trail 1000") * 1_000_000;
}

/**
 * Requires sizes that measure every promise. @throws ProjectError `bench-check-sizes`,
 * `bench-check-review` (exit 2)
 */
export function requireCheckable(sizes: readonly number[], reviewProjects: number): void {
  if (reviewProjects === 0) throw notCheckable();
  if (sizes.includes(BUDGET_SIZE) && sizes.length > 1) return;
  throw new ProjectError({
    code: "bench-check-sizes",
    message: `--check requires the size ${BUDGET_SIZE} and another one; found ${sizes.join(", ")}`,
    found: sizes.join(","),
    fix: "omit --sizes, or use --sizes 10,100,1000",
    exitCode: 2,
  });
}

function notCheckable(): ProjectError {
  return new ProjectError({
    code: "bench-check-review",
    message: "--check requires the review, which --review 0 leaves out",
    found: "0",
    fix: "omit --review",
    exitCode: 2,
  });
}

function wholeNumber(text: string, most: number, code: ErrorCode, example: string): number {
  const value = /^[1-9]\d{0,5}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value <= most) return value;
  throw new ProjectError({
    code,
    message: `${JSON.stringify(text)} is not an integer from 1 to ${most}`,
    found: text,
    fix: `for example: ${example}`,
    exitCode: 2,
  });
}
