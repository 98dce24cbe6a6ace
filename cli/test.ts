import { runJest } from "../dev/tools/jest-run";
import { machineProvider } from "../dev/tools/machine-provider";
import { printOutcome } from "../dev/tools/print-checks";
import { TOOLS } from "../dev/tools/projects";
import { projectsFor } from "../dev/tools/selection";
import { runStaticChecks } from "../dev/tools/static-checks";
import { DEFAULT_AWS_PROVIDER } from "../lib/config/rules/provider-version";
import { describeError, exitCodeOf } from "../lib/errors";
import { note } from "../lib/terminal/output";
import { prepareTools } from "../lib/terraform/prepare";

/**
 * Terraform and its provider are started some hundred times and spend a quarter of their time on
 * collecting garbage before they end anyway (https://pkg.go.dev/runtime, GOGC and GOMEMLIMIT). They
 * do without, as long as each has less than this.
 */
const COLLECT_LATE = { GOGC: "off", GOMEMLIMIT: "1500MiB" };

/**
 * `npm test`: everything. `npm test -- ARGS…`: jest alone, with these arguments, and only the
 * programs that the selected tests need. Exit code 1 if anything failed.
 */
async function main(args: readonly string[]): Promise<number> {
  const needs = new Set(projectsFor(args).flatMap((project) => TOOLS[project]));
  const { product } = await prepareTools([...needs].filter((need) => need === "terraform"));
  const provider = machineProvider(process.env, product);
  const { environment, terraform } = await prepareTools([...needs], { provider });
  const env: NodeJS.ProcessEnv = { ...COLLECT_LATE, ...process.env, ...environment };
  if (needs.has("provider")) note(`${terraform}, AWS provider ${provider.version ?? provider.constraint}`);
  // The stacks of the tests require it, and their commands find it.
  if (provider.constraint !== DEFAULT_AWS_PROVIDER) env.OIDC_PROVIDER_VERSION = provider.constraint;
  // Node reads this file whenever it starts, which doubles the time of a small command. Tests call
  // no other machine.
  delete env.NODE_EXTRA_CA_CERTS;
  // Commands would name it in the other variable for the programs that they start.
  delete env.AWS_CA_BUNDLE;
  const checks = args.length === 0 ? runStaticChecks(env) : [];
  const tests = await runJest(args, env);
  return printOutcome(await checks, tests);
}

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    note(describeError(error));
    process.exitCode = exitCodeOf(error);
  },
);
