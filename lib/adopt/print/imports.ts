import type { RemainingImports } from "../imports/remove-completed";
import type { ReleaseProposal } from "../release/propose-release";

/** What is left of imports.json, for people. */
export function printDone({ waiting, remembered, done }: RemainingImports): string {
  const lines = [
    ...waiting.map((address) => `not in the state yet: ${address}`),
    ...remembered.map((address) => `still in the state: ${address}`),
  ];
  if (lines.length > 0)
    lines.push("Deploy first (npm run deploy); what is listed here stays in imports.json.");
  else lines.push(done === 0 ? "Nothing was waiting." : "All of it is done.");
  return lines.join("\n");
}

/** What Terraform will forget, for people. */
export function printRelease({ released, forgotten, left }: ReleaseProposal): string {
  return [
    `Released: ${released.join(", ")}. Terraform forgets them with the next deploy, and AWS keeps them as they are.`,
    ...forgotten.map((address) => `  forget ${address}`),
    ...(forgotten.length === 0 ? ["  no state has them: there is nothing to forget"] : []),
    ...left.map((file) => `  ${file} is named by nothing any more: remove it when you like`),
  ].join("\n");
}
