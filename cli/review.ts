import { availableParallelism } from "node:os";
import path from "node:path";
import type { Command } from "commander";
import { readAccess } from "../lib/project/read-access";
import { nameOf, readInput } from "../lib/project/read-input";
import { wrongCall } from "../lib/project/unknown-name";
import { FAIL_ON, failuresIn, readFailOn } from "../lib/review/fail-on";
import { printMarkdown } from "../lib/review/markdown/report";
import { type ReadPlan, readPlan } from "../lib/review/read-plan";
import { reviewOf } from "../lib/review/review";
import { stacksIn } from "../lib/review/stacks/manifest";
import { planStacks } from "../lib/review/stacks/plan-stacks";
import { synthesise } from "../lib/terraform/synthesise";
import { Terraform } from "../lib/terraform/terraform";
import { prepareTools } from "../lib/tools/prepare";
import { createProgress } from "../lib/tools/progress";

interface ReviewOptions {
  readonly plan?: readonly string[];
  readonly access: boolean;
  readonly json?: true;
  readonly failOn?: string;
  readonly readOnly?: true;
  readonly out?: string;
  readonly output: string;
}

/** A plan of any size that Terraform writes: some 3 KB for a resource. */
const MOST_PLAN_BYTES = 512 * 1_024 * 1_024;

/** `oidc review`. */
export function addReview(program: Command): void {
  program
    .command("review")
    .description(
      "Plans every stack, and says what changes and who can assume which role afterwards that could not before. As Markdown.",
    )
    .argument("[stacks...]", "only these, such as main-website")
    .option(
      "--plan <file...>",
      "review plans that exist: JSON of `terraform show -json`; - for standard input",
    )
    .option("--no-access", "plans of another project: do not look for names in access.yaml")
    .option("--read-only", "plan without a lock on the state: needs no right to write anything")
    .option("--out <folder>", "where the plans are kept (default: plans in the output folder)")
    .option("--output <folder>", "where the stacks are written", process.env.CDKTF_OUTDIR || "cdktf.out")
    .option("--json", "the whole review, for programs")
    .option("--fail-on <what>", `exit with 1 on any of ${FAIL_ON.join(",")}`)
    .action(review);
}

async function review(stacks: readonly string[], options: ReviewOptions): Promise<void> {
  const { plan, access, json, failOn } = options;
  const wanted = readFailOn(failOn);
  if (plan !== undefined && stacks.length > 0)
    throw wrongCall("stacks are planned, and --plan names plans that exist", "leave one of them out");
  if (plan === undefined && !access)
    throw wrongCall("the stacks are those of access.yaml", "add --plan, or leave out --no-access");
  const known = access ? readAccess() : undefined;
  const plans =
    plan === undefined
      ? await planAnew(stacks, options)
      : plan.map((file) => readPlan(readInput(file, MOST_PLAN_BYTES), nameOf(file)));
  const whole = reviewOf(plans, known === undefined ? {} : { access: known });
  console.log(json === true ? JSON.stringify(whole, null, 2) : printMarkdown(whole));
  if (failuresIn(whole, wanted).length > 0 || whole.stacks.some(({ isErrored }) => isErrored))
    process.exitCode = 1;
}

async function planAnew(
  names: readonly string[],
  { output, out = path.join(output, "plans"), readOnly }: ReviewOptions,
): Promise<readonly ReadPlan[]> {
  const progress = createProgress();
  const tools = await prepareTools(["terraform", "provider"], { progress });
  const env = { ...process.env, ...tools.environment };
  await progress.step("write the stacks", () => synthesise(output, env));
  return planStacks(stacksIn(output, names), {
    terraform: new Terraform(tools.terraform, env),
    folder: out,
    atOnce: availableParallelism(),
    lock: readOnly !== true,
    onStack: (name, task) => progress.step(`plan ${name}`, task),
  });
}
