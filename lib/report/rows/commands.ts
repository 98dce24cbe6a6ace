import { groupBy } from "../../collections/group-by";
import { oidc } from "../../command-name";
import type { AccessChange, AccessSentence } from "../../diff/model/access-change";
import type { RequestProof } from "../../diff/model/proof";
import { withoutLayout } from "../../iam/language/document";
import { commandLines, inQuotes, jsonInQuotes } from "./shell-lines";

/** Longer policies are not copied into commands: shells and readers have limits. */
const MOST_CHARACTERS = 10_000;

/** Commands that try a piece of evidence, and what it consists of. */
interface Trial {
  /** The token or the calls, one fact a line, as far as they are not in the commands. */
  readonly facts: readonly string[];
  /** Lines for a POSIX shell that its commands need, such as a function. */
  readonly setUp: readonly string[];
  /** Lines for a POSIX shell; empty: no command can try it. */
  readonly commands: readonly string[];
}

type Script = Pick<Trial, "setUp" | "commands">;
const NO_SCRIPT: Script = { setUp: [], commands: [] };

/**
 * The evidence of a change: each token by itself, calls on one resource together. `explain` decides
 * a token against the compared trust policy, and AWS's simulator a call against the compared
 * policies: the planned ones for what is gained, the current ones for what is lost.
 */
export function trialsOf(change: AccessChange): readonly Trial[] {
  const trials: Trial[] = [];
  const calls = new Map<string, { effect: AccessSentence["effect"]; proofs: RequestProof[] }>();
  for (const { effect, proof } of change.sentences) {
    if (proof === undefined) continue;
    if (proof.kind === "token") {
      const claims = Object.entries(proof.claims);
      const script = explainScript(documentsOf(change, effect, "trust"), proof.claims);
      trials.push({
        facts: [
          ...(script.commands.length > 0
            ? []
            : [
                ...claims.map(([claim, value]) => `${claim}: ${[value].flat().join(", ")}`),
                `through ${proof.provider}`,
              ]),
          ...proof.facts,
        ],
        ...script,
      });
      continue;
    }
    const key = JSON.stringify([effect, proof.resource, proof.caller, proof.facts]);
    const group = calls.get(key) ?? { effect, proofs: [] };
    group.proofs.push(proof);
    calls.set(key, group);
  }
  return together([
    ...trials,
    ...[...calls.values()].map(({ effect, proofs }) => callTrial(change, effect, proofs)),
  ]);
}

/** Each command once, with the facts of all evidence that it tries. */
function together(trials: readonly Trial[]): readonly Trial[] {
  const byCommands = groupBy(trials, ({ facts, setUp, commands }) =>
    JSON.stringify(commands.length === 0 ? facts : [setUp, commands]),
  );
  return [...byCommands.values()].map((same) => ({
    facts: [...new Set(same.flatMap(({ facts }) => facts))],
    setUp: same[0]?.setUp ?? [],
    commands: same[0]?.commands ?? [],
  }));
}

/** True of whatever a principal's own policies allow. */
const OF_EVERY_CALL = "unless a resource-based policy denies it";

function callTrial(
  change: AccessChange,
  effect: AccessSentence["effect"],
  proofs: readonly RequestProof[],
): Trial {
  const [proof] = proofs;
  if (proof === undefined) return { facts: [], ...NO_SCRIPT };
  const actions = [...new Set(proofs.map(({ action }) => action))];
  // The simulator decides for a principal of the account, by its own policies.
  const script = proof.caller === undefined ? simulation(change, effect, actions, proof) : NO_SCRIPT;
  return {
    facts: [
      ...(script.commands.length > 0 ? [] : [`${actions.join(", ")} on ${proof.resource}`]),
      ...(proof.caller === undefined ? [] : [`by ${proof.caller}`]),
      ...proof.facts.filter((fact) => fact !== OF_EVERY_CALL),
    ],
    ...script,
  };
}

function simulation(
  change: AccessChange,
  effect: AccessSentence["effect"],
  actions: readonly string[],
  { resource, context = [] }: RequestProof,
): Script {
  const identity = documentsOf(change, effect, "identity");
  const boundary = documentsOf(change, effect, "boundary");
  if (identity.length === 0 || isTooLong([...identity, ...boundary])) return NO_SCRIPT;
  const entries = context.map(({ key, type, values }) => ({
    ContextKeyName: key,
    ContextKeyValues: values,
    ContextKeyType: values.length > 1 ? `${type}List` : type,
  }));
  return {
    setUp: [...identity, ...boundary].some(isAwsPolicy) ? CONTENTS_OF_AWS_POLICY : [],
    commands: commandLines("aws iam simulate-custom-policy", [
      ["--action-names", ...actions.map(inQuotes)],
      ["--resource-arns", inQuotes(resource)],
      ["--policy-input-list", ...identity.map(documentWord)],
      ...(boundary.length === 0
        ? []
        : [["--permissions-boundary-policy-input-list", ...boundary.map(documentWord)] as const]),
      ...(entries.length === 0
        ? []
        : [["--context-entries", jsonInQuotes(JSON.stringify(entries))] as const]),
      ["--query", "'EvaluationResults[].[EvalActionName,EvalDecision]'", "--output text"],
    ]),
  };
}

/** A policy of AWS stands for its contents by its ARN, which the simulator does not take. */
function isAwsPolicy(text: string): boolean {
  return /^arn:[a-z-]+:iam::aws:policy\/[\w+=,.@/-]+$/.test(text);
}

const CONTENTS_OF_AWS_POLICY = [
  "contents() {",
  '  version=$(aws iam get-policy --policy-arn "$1" --query Policy.DefaultVersionId --output text)',
  '  aws iam get-policy-version --policy-arn "$1" --version-id "$version" \\',
  "    --query PolicyVersion.Document --output json",
  "}",
];

function documentWord(text: string): string {
  return isAwsPolicy(text) ? `"$(contents ${inQuotes(text)})"` : jsonInQuotes(text);
}

function explainScript(trust: readonly string[], claims: object): Script {
  const [policy] = trust;
  if (policy === undefined || isTooLong(trust)) return NO_SCRIPT;
  return {
    setUp: `printf %s ${jsonInQuotes(policy)} > trust.json`.split("\n"),
    commands: [
      ...`printf %s ${jsonInQuotes(JSON.stringify(claims))} |`.split("\n"),
      `  ${oidc("explain")} --policy trust.json --token -`,
    ],
  };
}

function documentsOf(
  { documents }: AccessChange,
  effect: AccessSentence["effect"],
  kind: "trust" | "identity" | "boundary",
): readonly string[] {
  const side = (effect === "gained" ? documents?.after : documents?.before) ?? [];
  return side.filter((one) => one.kind === kind).map(({ text }) => withoutLayout(text));
}

function isTooLong(texts: readonly string[]): boolean {
  return texts.reduce((sum, text) => sum + text.length, 0) > MOST_CHARACTERS;
}
