import type { AccessChange, Proof } from "../model/access-change";
import type { Phrase } from "../model/phrase";
import type { ResourceChange } from "../model/resource-change";
import type { Review, StackReview } from "../model/review";
import type { Action } from "../plan/actions";
import { verdictOf } from "../verdict";
import { code } from "./code-span";

/** The whole review as Markdown: the verdict in the first line, then access, then resources. The same review gives the same bytes. */
export function printMarkdown(review: Review): string {
  return [
    `**${printPhrase(verdictOf(review))}.**`,
    ...(review.access.length === 0 ? [] : ["### Access", review.access.map(printAccess).join("\n")]),
    ...review.stacks.flatMap(printStack),
  ].join("\n\n");
}

function printPhrase(phrase: Phrase): string {
  return phrase.map((part) => (typeof part === "string" ? part : code(part.quoted))).join("");
}

const RELATIONS: Readonly<Record<AccessChange["relation"], string>> = {
  broader: "broader",
  narrower: "narrower",
  "both-ways": "broader for some, narrower for others",
  same: "written differently, and the same",
  unknown: "unknown",
};

function printAccess({ subject, addresses, source, relation, reason, sentences }: AccessChange): string {
  const drift = source === "drift" ? ", changed outside of Terraform" : "";
  const why = reason === undefined ? "" : `: ${printPhrase(reason)}`;
  const lines = sentences.flatMap(({ phrase, proof }) => [
    `  - ${printPhrase(phrase)}`,
    ...(proof === undefined ? [] : [`    - proof: ${code(describeProof(proof))}`]),
  ]);
  return [
    `- ${code(subject)} (${addresses.map(code).join(", ")}${drift}): **${RELATIONS[relation]}**${why}`,
    ...lines,
  ].join("\n");
}

function describeProof(proof: Proof): string {
  const facts = proof.facts.length === 0 ? "" : ` (if ${proof.facts.join(", and ")})`;
  if (proof.kind === "token") return `${JSON.stringify(proof.claims)}${facts}`;
  const who = proof.caller === undefined ? "" : ` by ${proof.caller}`;
  return `${proof.action} on ${proof.resource}${who}${facts}`;
}

function printStack({
  name,
  failure,
  isErrored,
  isIncomplete,
  resources,
  drift,
}: StackReview): readonly string[] {
  if (failure !== undefined) return [`### ${code(name)}`, `There is no plan: ${failureText(failure)}`];
  const state = isErrored
    ? ["Terraform failed while planning: this is not all of it."]
    : isIncomplete
      ? ["Something is left for a later plan: this is not all of it."]
      : [];
  return [
    `### ${code(name)}`,
    ...state,
    resources.length === 0 ? "No changes to resources." : table(resources),
    ...(drift.length === 0 ? [] : ["Changed outside of Terraform:", table(drift)]),
  ];
}

/** Terraform's own words, line by line: each a code span. */
function failureText(failure: string): string {
  const lines = failure.split("\n").filter((line) => /[\p{L}\p{N}]/u.test(line));
  return lines.map((line) => `<br>${code(line.replace(/^[╷│╵\s]+/, ""))}`).join("\n");
}

const WORDS: Readonly<Record<Action, string>> = {
  none: "nothing",
  create: "create",
  read: "read",
  update: "update",
  replace: "**replace**",
  destroy: "**destroy**",
  forget: "forget (stays in AWS)",
  move: "move",
  import: "import",
  "import-and-update": "import **and update**",
  "import-and-replace": "import **and replace**",
};

function table(changes: readonly ResourceChange[]): string {
  const rows = changes.map(({ address, action, attributes, replacedFor, previousAddress, importId }) => {
    const details = [
      ...(previousAddress === undefined ? [] : [`from ${code(previousAddress)}`]),
      ...(importId === undefined ? [] : [`id ${code(importId)}`]),
      ...(replacedFor.length === 0 ? [] : [`forced by ${replacedFor.map(code).join(", ")}`]),
      ...(attributes.length === 0 ? [] : [attributes.map(({ path }) => code(path)).join(", ")]),
    ];
    return `| ${WORDS[action]} | ${code(address)} | ${details.join("; ")} |`;
  });
  return ["| | resource | |", "| --- | --- | --- |", ...rows].join("\n");
}
