import { describeError, exitCodeOf } from "../lib/errors";
import { cdktfCommand } from "../lib/terraform/cdktf";
import { cdktfArguments } from "../lib/terraform/cdktf-arguments";
import { prepareTools } from "../lib/tools/prepare";
import { runForeground } from "../setup/foreground.cjs";

/** `npm run synth|diff|deploy|destroy -- ARGS…`: the true cdktf, with Terraform and the provider in their place. */
async function main([command = "", ...args]: readonly string[]): Promise<number> {
  // synth writes files, and that is all: it needs neither Terraform nor network.
  const { environment } = await prepareTools(command === "synth" ? [] : ["terraform", "provider"]);
  const [program, ...first] = cdktfCommand();
  // Where nobody watches, cdktf's moving spinner would fill the log.
  const quiet = process.stdout.isTTY === true ? {} : { CI: "1" };
  const env = { ...process.env, ...quiet, ...environment };
  return runForeground(program, [...first, ...cdktfArguments(command, args)], { env });
}

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    console.error(describeError(error));
    process.exitCode = exitCodeOf(error);
  },
);
