import { mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack, Testing } from "cdktf";
import { withoutStackTraces } from "../../constructs/without-stack-traces";
import { repositoryRoot } from "../../lib/programs/cache";
import { readAccess } from "../../lib/project/read-access";
import { print } from "../../lib/terminal/output";
import { buildStacks } from "../../stacks";

// Synthesizes every example of access.yaml into a folder, and prints the provider of the bindings.
const [, , output = ""] = process.argv;
const examples = readdirSync(path.join(repositoryRoot, "examples"), { recursive: true, encoding: "utf8" })
  .filter((name) => path.basename(name) === "access.yaml")
  .sort();
mkdirSync(output, { recursive: true });
withoutStackTraces(() => {
  for (const example of examples) {
    const app = new App({ outdir: path.join(output, path.dirname(example).replaceAll(path.sep, "-")) });
    buildStacks(app, readAccess(path.join(repositoryRoot, "examples", example)));
    app.synth();
  }
});
const provider = new AwsProvider(new TerraformStack(Testing.app(), "version"), "aws");
print(provider.terraformGeneratorMetadata?.providerVersion ?? "");
