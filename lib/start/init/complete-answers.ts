import type { Rule } from "../../config/rules/rule";
import type { Violation } from "../../config/yaml/problem";
import { ProjectError } from "../../errors";
import type { Ask } from "../../terminal/prompt";
import { type AnswerKey, type Answers, QUESTIONS } from "./answers";

/**
 * Completes the values that no flag sets: asks for each with the value that was found as the
 * default, or takes the default if it cannot ask.
 * @param given values of flags; validated before the first question
 * @param ask undefined: not a terminal, or `--yes`
 * @throws ProjectError `init-wrong-answer`, `init-incomplete` (exit 2) with every missing flag
 */
export async function completeAnswers(
  given: Partial<Answers>,
  found: Partial<Answers>,
  ask: Ask | undefined,
): Promise<Answers> {
  const answers = new Map<AnswerKey, string>();
  for (const { key, flag, rule } of QUESTIONS) {
    const value = given[key];
    if (value === undefined) continue;
    const violation = rule(value);
    if (violation !== undefined) throw wrongAnswer(flag, violation);
    answers.set(key, value);
  }
  const missing: string[] = [];
  for (const { key, flag, rule, ask: question } of QUESTIONS) {
    if (answers.has(key)) continue;
    const byDefault = defaultFor(key, found, answers);
    const valid = byDefault !== undefined && rule(byDefault) === undefined ? byDefault : undefined;
    if (ask === undefined) {
      if (valid === undefined) missing.push(flag);
      else answers.set(key, valid);
      continue;
    }
    answers.set(key, await askUntilValid(question, valid, rule, ask));
  }
  if (missing.length > 0) throw incomplete(missing);
  const answer = (key: AnswerKey): string => answers.get(key) ?? "";
  return {
    organization: answer("organization"),
    account: answer("account"),
    region: answer("region"),
    stateBucket: answer("stateBucket"),
    project: answer("project"),
    projectId: answer("projectId"),
    repository: answer("repository"),
    person: answer("person"),
    personId: answer("personId"),
    branch: answer("branch"),
  };
}

/** The default of the state bucket's name follows from the account and the region. */
function defaultFor(
  key: AnswerKey,
  found: Partial<Answers>,
  answers: ReadonlyMap<AnswerKey, string>,
): string | undefined {
  if (key === "stateBucket" && answers.has("account"))
    return `terraform-state-${answers.get("account")}-${answers.get("region") ?? found.region ?? "us-east-1"}`;
  if (key === "project") return found.project ?? answers.get("repository")?.split("/").at(-1);
  return found[key];
}

async function askUntilValid(
  question: string,
  byDefault: string | undefined,
  rule: Rule,
  ask: Ask,
): Promise<string> {
  let said = question;
  for (;;) {
    const answer = (await ask(said, byDefault)).trim() || (byDefault ?? "");
    const violation =
      answer === "" ? { message: "no default; a value is required", allowed: "" } : rule(answer);
    if (violation === undefined) return answer;
    said = `${violation.message}${violation.allowed === "" ? "" : ` (${violation.allowed})`}. ${question}`;
  }
}

function wrongAnswer(flag: string, { message, found, allowed, fix }: Violation): ProjectError {
  return new ProjectError({
    code: "init-wrong-answer",
    message: `${flag} ${JSON.stringify(found)}: ${message}; allowed: ${allowed}`,
    found,
    fix,
    exitCode: 2,
  });
}

function incomplete(flags: readonly string[]): ProjectError {
  return new ProjectError({
    code: "init-incomplete",
    message: `no value found for ${flags.join(", ")}, and init cannot ask: not a terminal, or --yes`,
    found: flags.join(", "),
    fix: "pass these flags; or set CIRCLE_TOKEN and AWS credentials, from which init finds them; or run init in a terminal",
    exitCode: 2,
  });
}
