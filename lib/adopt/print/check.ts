import type { AdoptionCheck, AdoptionProblem } from "../check/adoption-check";

/** What the check found, for people. */
export function printCheck({ imported, inState, forgotten, problems }: AdoptionCheck): string {
  const counts = [
    ...(imported.length === 0 ? [] : [`${imported.length} to import, with no change`]),
    ...(inState.length === 0 ? [] : [`${inState.length} in the state already`]),
    ...(forgotten.length === 0 ? [] : [`${forgotten.length} that Terraform forgets and AWS keeps`]),
    ...(problems.length === 0
      ? []
      : [`${problems.length} that a deploy would change or that cannot be told`]),
  ];
  const next =
    problems.length > 0
      ? "Do not deploy yet. Put into access.yaml what is said above, and check again: npm run -s oidc -- adopt --check"
      : imported.length > 0
        ? "A deploy imports all of it and changes nothing: npm run deploy"
        : inState.length > 0 || forgotten.length > 0
          ? "All of it is done; imports.json can go: npm run -s oidc -- adopt --done"
          : "Nothing is waiting to be imported or released.";
  return [
    ...problems.map(printProblem),
    ...(counts.length === 0 ? [] : [`${counts.join("; ")}.`]),
    next,
  ].join("\n");
}

function printProblem({ stack, address, action, attribute, before, after, fix }: AdoptionProblem): string {
  const what = address === "" ? stack : `${stack}/${address}`;
  const change =
    attribute === "" ? "" : ` ${attribute}: ${before ?? "(none)"} → ${after ?? "(none, or known later)"}`;
  return `✗ ${what}: ${action}${change}\n  → ${fix}`;
}
