import { oidc } from "../../command-name";
import type { AdoptionCheck, AdoptionProblem } from "../check/adoption-check";

/** What the plans would do to adopted and released objects. */
export function printCheck(check: AdoptionCheck): string {
  const { imported, inState, forgotten, problems } = check;
  const counts = [
    ...(imported.length === 0 ? [] : [`${imported.length} to import without changes`]),
    ...(inState.length === 0 ? [] : [`${inState.length} already in the state`]),
    ...(forgotten.length === 0 ? [] : [`${forgotten.length} to forget, which stay in AWS`]),
    ...(problems.length === 0 ? [] : [`${problems.length} that would change or could not be checked`]),
  ];
  return [
    ...problems.map(printProblem),
    ...(counts.length === 0 ? [] : [`${counts.join("; ")}.`]),
    printNext(check),
  ].join("\n");
}

function printNext({ imported, inState, forgotten, problems }: AdoptionCheck): string {
  if (problems.length > 0)
    return `Do not deploy yet. Apply the fixes above to access.yaml, then: ${oidc("adopt")} --check`;
  if (imported.length > 0) return `Next: ${oidc("deploy")}. It imports everything and changes nothing.`;
  if (inState.length + forgotten.length > 0)
    return `Completed. To clean up imports.json: ${oidc("adopt")} --done`;
  return "Nothing to import or release.";
}

function printProblem({ stack, address, action, attribute, before, after, fix }: AdoptionProblem): string {
  const what = address === "" ? stack : `${stack}/${address}`;
  const change =
    attribute === ""
      ? ""
      : ` ${attribute}: ${before ?? "(none)"} → ${after ?? "(none, or known after apply)"}`;
  return `✗ ${what}: ${action}${change}\n  → ${fix}`;
}
