import { isDeepStrictEqual } from "node:util";
import type { CodeVersion } from "../../project/git";
import type { CopiedStack, PrivateCopy } from "../kept/private-copy";
import type { Reviewed, ReviewedStack } from "../kept/reviewed-file";
import { codeDigest } from "../stacks/code-digest";
import type { SynthesisedStack } from "../stacks/synthesised-stacks";
import type { Refusal } from "./refusal";

/** What is there now, to be held against what was reviewed. */
export interface Present {
  readonly code: CodeVersion;
  readonly terraform: string;
  /** All of them, as they have just been synthesised. */
  readonly stacks: readonly SynthesisedStack[];
}

/**
 * Every reason not to apply plans that can be known before Terraform is asked.
 * @param copied the plans and lock files that would be used
 * @returns empty: everything is as it was reviewed
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
    refusals.push({ code: "reviewed-commit", message: "what was reviewed was in no git repository" });
  else if (code.commit !== reviewed.commit) {
    const here = code.commit ?? "no commit";
    refusals.push({
      code: "reviewed-commit",
      message: `${reviewed.commit} was reviewed, and this is ${here}`,
    });
  }
  if (reviewed.isDirty)
    refusals.push({ code: "reviewed-dirty", message: "changes that are in no commit were reviewed" });
  if (code.isDirty)
    refusals.push({ code: "reviewed-dirty", message: "there are changes here that are in no commit" });
  if (terraform !== reviewed.terraform) {
    const message = `Terraform ${reviewed.terraform} has planned, which only that version can apply; this is ${terraform}`;
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
      ...(gone.length === 0 ? [] : [`gone: ${gone.join(", ")}`]),
    ];
    refusals.push({
      code: "reviewed-stacks",
      message: `there are other stacks than were reviewed: ${parts.join("; ")}`,
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
    refusals.push({ code: "reviewed-code", message: `${name}: its code is not what was reviewed` });
  if (stack.outcome === "failed" || copied === undefined)
    return [...refusals, { code: "reviewed-failed", message: `${name}: it could not be planned` }];
  const changed = (what: string, file: string): Refusal => ({
    code: "reviewed-plan-changed",
    message: `${name}: ${what} is not the one that was reviewed: ${file}`,
  });
  for (const [what, { from, digest: found }, digest] of [
    ["its plan", copied.plan, stack.plan],
    ["the lock file of its providers", copied.lock, stack.lock],
  ] as const) {
    if (found === undefined)
      refusals.push({ code: "reviewed-plan-missing", message: `${name}: ${what} is not there: ${from}` });
    else if (found !== digest) refusals.push(changed(what, from));
  }
  return refusals;
}
