import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { IStackSynthesizer, ISynthesisSession, TerraformStack } from "cdktf";
import { type ProviderChoice, stackLock } from "../lib/terraform/provider-choice";

const LOCK_FILE = ".terraform.lock.hcl";

/**
 * Writes a stack and, beside it, the dependency lock file with the pinned hashes of the provider,
 * so that `terraform init` installs no other package, on the first machine too.
 */
export class LockedSynthesizer implements IStackSynthesizer {
  /** @param synthesizer writes the stack itself */
  constructor(
    private readonly stack: TerraformStack,
    private readonly provider: ProviderChoice,
    private readonly synthesizer: IStackSynthesizer,
  ) {}

  synthesize(session: ISynthesisSession): void {
    this.synthesizer.synthesize(session);
    const { workingDirectory } = session.manifest.forStack(this.stack);
    const file = path.join(session.outdir, workingDirectory, LOCK_FILE);
    const lock = stackLock(this.provider);
    const before = existsSync(file) ? readFileSync(file, "utf8") : undefined;
    if (lock !== undefined) {
      const whole = lock + selectedByOpenTofu(before, this.provider.constraint);
      if (before !== whole) writeFileSync(file, whole);
    } else if (before?.includes(`constraints = ${JSON.stringify(this.provider.constraint)}`) === false) {
      // Terraform would refuse the version of the constraint that the file was written for.
      rmSync(file);
    }
  }
}

/**
 * What `tofu init` has selected: without it, OpenTofu would refuse to plan until the next init.
 * Terraform does not use it, and the pinned hashes hold for Terraform all the same.
 */
function selectedByOpenTofu(lock: string | undefined, constraint: string): string {
  const [block = ""] =
    /^provider "registry\.opentofu\.org\/hashicorp\/aws" \{\n[^}]*\n\}\n/m.exec(lock ?? "") ?? [];
  return block.includes(`constraints = ${JSON.stringify(constraint)}`) ? `\n${block}` : "";
}
