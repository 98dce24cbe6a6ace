import { isDeepStrictEqual } from "node:util";
import type { CodeVersion } from "../../project/git";
import type { CopiedStack, PrivateCopy } from "../kept/private-copy";
import type { Reviewed, ReviewedStack } from "../kept/reviewed-file";
import { codeDigest } from "../stacks/code-digest";
import type { SynthesisedStack } from "../stacks/synthesised-stacks";
import type { Refusal } from "./refusal";

/** The current code and Terraform, to be compared with the review. */
export interface Present {
  readonly code: CodeVersion;
  readonly terraform: string;
  /** All stacks, newly synthesised. */
  readonly stacks: readonly SynthesisedStack[];
}

/**
 * Every reason not to apply that can be found without running Terraform.
 * @param copied the plans and lock files that would be used
 * @returns empty: everything is as reviewed
 */
export function refusalsOf(
  copied: PrivateCopy["stacks"],
  reviewed: Reviewed,
  present: Present,
): readonly Refusal[] {
  const now = new Map(present.stacks.map((stack) => [stack.name, stack]));
  return [
    ...ofCode(reviewed, present),
    ...Object.entries(reviewed.stacks).flatMap(([name, stack]) =>
      ofStack(copied.get(name), name, stack, now.get(name)),
    ),
  ];
}

function ofCode(reviewed: Reviewed, { code, terraform, stacks }: Present): readonly Refusal[] {
  const refusals: Refusal[] = [];
  if (reviewed.commit === null)
    refusals.push({ code: "reviewed-commit", message: "the reviewed code was not in a git repository" });
  else if (code.commit !== reviewed.commit) {
    const here = code.commit ?? "unknown";
    refusals.push({
      code: "reviewed-commit",
      message: `commit ${reviewed.commit} was reviewed, but the current commit is ${here}`,
    });
  }
  if (reviewed.isDirty)
    refusals.push({ code: "reviewed-dirty", message: "the reviewed code had uncommitted changes" });
  if (code.isDirty)
    refusals.push({ code: "reviewed-dirty", message: "the current code has uncommitted changes" });
  if (terraform !== reviewed.terraform) {
    const message = `the plans need Terraform ${reviewed.terraform}, which made them; this is ${terraform}`;
    refusals.push({ code: "reviewed-terraform", message });
  }
  const names = stacks.map(({ name }) => name);
  if (!isDeepStrictEqual([...names].sort(), [...reviewed.synthesised].sort())) {
    const known = new Set(reviewed.synthesised);
    const [added, gone] = [
      names.filter((name) => !known.has(name)),
      reviewed.synthesised.filter((name) => !names.includes(name)),
    ];
    const parts = [
      ...(added.length === 0 ? [] : [`new: ${added.join(", ")}`]),
      ...(gone.length === 0 ? [] : [`removed: ${gone.join(", ")}`]),
    ];
    refusals.push({
      code: "reviewed-stacks",
      message: `the stacks differ from the reviewed ones: ${parts.join("; ")}`,
    });
  }
  return refusals;
}

function ofStack(
  copied: CopiedStack | undefined,
  name: string,
  stack: ReviewedStack,
  now: SynthesisedStack | undefined,
): readonly Refusal[] {
  const refusals: Refusal[] = [];
  if (now !== undefined && codeDigest(now.folder) !== stack.code)
    refusals.push({ code: "reviewed-code", message: `${name}: its code differs from the reviewed code` });
  if (stack.outcome === "failed" || copied === undefined)
    return [...refusals, { code: "reviewed-failed", message: `${name}: could not be planned` }];
  const changed = (what: string, file: string): Refusal => ({
    code: "reviewed-plan-changed",
    message: `${name}: ${what} differs from the reviewed one: ${file}`,
  });
  for (const [what, { from, digest: found }, digest] of [
    ["its plan", copied.plan, stack.plan],
    ["its provider lock file", copied.lock, stack.lock],
  ] as const) {
    if (found === undefined)
      refusals.push({ code: "reviewed-plan-missing", message: `${name}: ${what} is missing: ${from}` });
    else if (found !== digest) refusals.push(changed(what, from));
  }
  return refusals;
}
