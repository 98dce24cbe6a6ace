import { oidc } from "../../command-name";
import type { RemainingImports } from "../imports/remove-completed";
import type { ReleaseProposal } from "../release/propose-release";

/** What remains in imports.json after a deploy. */
export function printDone({ waiting, remembered, done }: RemainingImports): string {
  const lines = [
    ...waiting.map((address) => `not yet imported: ${address}`),
    ...remembered.map((address) => `not yet forgotten: ${address}`),
  ];
  if (lines.length > 0)
    return [...lines, `Next: ${oidc("deploy")}. These entries stay in imports.json.`].join("\n");
  return done === 0 ? "imports.json has no entries." : "All entries of imports.json are completed.";
}

/** What Terraform will forget. */
export function printRelease({ released, forgotten, left }: ReleaseProposal): string {
  return [
    `Released: ${released.join(", ")}. With the next deploy Terraform forgets them; they stay in AWS.`,
    ...forgotten.map((address) => `  forget ${address}`),
    ...(forgotten.length === 0 ? ["  not in any Terraform state: nothing to forget"] : []),
    ...left.map((file) => `  ${file} is no longer used and can be deleted`),
  ].join("\n");
}
