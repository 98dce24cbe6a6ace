import { describeWitness } from "../../iam/prove/describe-witness";
import type { RightsChange } from "../access/rights-changes";
import type { AccessSentence } from "../access/sentences";
import type { Action } from "../plan/actions";
import type { ResourceChange } from "../plan/resources";
import type { PlanReview, RoleReview } from "../review";
import { code } from "./code-span";

/** The whole review as Markdown: the verdict in the first line, then access, then resources. The same reviews give the same bytes. */
export function printMarkdown(reviews: readonly PlanReview[]): string {
  return [`**${verdictOf(reviews)}**`, ...accessLines(reviews), ...reviews.flatMap(printPlan)].join("\n\n");
}

/** One sentence: what a reviewer has to know who reads nothing else. */
export function verdictOf(reviews: readonly PlanReview[]): string {
  const roles = reviews.flatMap(({ access }) => access);
  const gained = roles.flatMap(({ sentences }) => sentences).filter(({ effect }) => effect === "gained");
  const unknown = roles.filter(({ relation }) => relation === "unknown");
  const broken = reviews.filter(({ isErrored, isIncomplete }) => isErrored || isIncomplete);
  const parts = [
    ...(broken.length === 0 ? [] : [`${count(broken.length, "plan")} failed or not whole`]),
    ...(gained.length === 0 ? [] : [`access grows: ${gained.map(printSentence).join("; ")}`]),
    ...(unknown.length === 0
      ? []
      : [`unknown who can assume ${unknown.map(({ role }) => code(role)).join(", ")}`]),
  ];
  const rights = reviews.flatMap((review) => review.rights);
  if (rights.length > 0) parts.push(`rights change and were not compared: ${someRights(rights)}`);
  if (parts.length > 0) return capital(`${parts.join("; ")}.`);
  const isLost = roles.some(({ sentences }) => sentences.some(({ effect }) => effect === "lost"));
  const isQuiet = reviews.every(({ resources, drift }) => resources.length + drift.length === 0);
  if (isQuiet) return "No changes.";
  return isLost ? "Nobody gains access; some lose it." : "Nobody gains or loses a role.";
}

/** The first of them; the others are counted, and stand below. */
function someRights(rights: readonly RightsChange[]): string {
  const shown = rights
    .slice(0, 3)
    .map(({ address, attributes }) => `${code(address)} (${attributes.map(code).join(", ")})`);
  return shown.join(", ") + (rights.length > shown.length ? ` and ${rights.length - shown.length} more` : "");
}

function accessLines(reviews: readonly PlanReview[]): readonly string[] {
  const roles = reviews.flatMap(({ access }) => access);
  const rights = reviews.flatMap((review) => review.rights);
  return [
    ...(roles.length === 0 ? [] : ["### Access", roles.map(printRole).join("\n")]),
    ...(rights.length === 0
      ? []
      : ["### Rights that change, not compared", rights.map(printRights).join("\n")]),
  ];
}

function printRights({ address, source, attributes }: RightsChange): string {
  const drift = source === "drift" ? ", changed outside of Terraform" : "";
  return `- ${code(address)}${drift}: ${attributes.map(code).join(", ")}`;
}

const RELATIONS: Readonly<Record<RoleReview["relation"], string>> = {
  broader: "broader",
  narrower: "narrower",
  "both-ways": "broader for some, narrower for others",
  same: "written differently, and the same",
  unknown: "unknown",
};

function printRole({ role, address, source, relation, reason, sentences }: RoleReview): string {
  const drift = source === "drift" ? ", changed outside of Terraform" : "";
  const why = reason === undefined ? "" : `: ${code(reason)}`;
  const lines = sentences.flatMap((one) => [
    `  - ${printSentence(one)}`,
    `    - a token that proves it: ${code(describeWitness(one.witness))}`,
  ]);
  return [`- ${code(role)} (${code(address)}${drift}): **${RELATIONS[relation]}**${why}`, ...lines].join(
    "\n",
  );
}

function printSentence({ who, role, place }: AccessSentence): string {
  return `${code(who)} ${code(role)}${place === "" ? "" : ` ${code(place)}`}`;
}

function printPlan({
  name,
  failure,
  isErrored,
  isIncomplete,
  resources,
  drift,
}: PlanReview): readonly string[] {
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
      ...(attributes.length === 0 ? [] : [attributes.map(code).join(", ")]),
    ];
    return `| ${WORDS[action]} | ${code(address)} | ${details.join("; ")} |`;
  });
  return ["| | resource | |", "| --- | --- | --- |", ...rows].join("\n");
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
