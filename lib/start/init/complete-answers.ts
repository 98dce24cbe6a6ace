import { ProjectError } from "../../errors";
import { type AnswerKey, type Answers, QUESTIONS } from "./answers";

/** Asks a person; undefined: there is nobody to ask. */
export type Ask = (question: string, usual: string | undefined) => Promise<string>;

/**
 * Fills in what is not given: what was found counts as the usual answer, and is taken without
 * asking where nobody is there or nobody wants to be asked.
 * @param given by options; checked before anything is asked
 * @throws ProjectError `init-wrong-answer`, `init-incomplete` (exit 2) with every option that is
 * missing
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
    const usual = usualFor(key, found, answers);
    const good = usual !== undefined && rule(usual) === undefined ? usual : undefined;
    if (ask === undefined) {
      if (good === undefined) missing.push(flag);
      else answers.set(key, good);
      continue;
    }
    answers.set(key, await askUntilGood(question, good, rule, ask));
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

/** A state bucket's name follows from account and region, once those are known. */
function usualFor(
  key: AnswerKey,
  found: Partial<Answers>,
  answers: ReadonlyMap<AnswerKey, string>,
): string | undefined {
  if (key === "stateBucket" && answers.has("account"))
    return `terraform-state-${answers.get("account")}-${answers.get("region") ?? found.region ?? "us-east-1"}`;
  if (key === "project") return found.project ?? answers.get("repository")?.split("/").at(-1);
  return found[key];
}

async function askUntilGood(
  question: string,
  usual: string | undefined,
  rule: (text: string) => { readonly message: string; readonly allowed: string } | undefined,
  ask: Ask,
): Promise<string> {
  let said = question;
  for (;;) {
    const answer = (await ask(said, usual)).trim() || (usual ?? "");
    const violation = answer === "" ? { message: "there is no usual answer", allowed: "" } : rule(answer);
    if (violation === undefined) return answer;
    said = `${violation.message}${violation.allowed === "" ? "" : ` (${violation.allowed})`}. ${question}`;
  }
}

function wrongAnswer(
  flag: string,
  {
    message,
    found,
    allowed,
    fix,
  }: { readonly message: string; readonly found: string; readonly allowed: string; readonly fix: string },
): ProjectError {
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
    message: `not all could be found, and there is nobody to ask: ${flags.join(", ")}`,
    found: flags.join(", "),
    fix: "give these options, or set CIRCLE_TOKEN and AWS credentials, so that they can be found; or run it in a terminal",
    exitCode: 2,
  });
}
