import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { App, Testing } from "cdktf";
import { AccountStack } from "../../constructs/account-stack";
import { withoutStackTraces } from "../../constructs/without-stack-traces";
import { anAccount } from "../fixtures/access";

/** A stack of ours with nothing in it but what a test puts there. */
class BareStack extends AccountStack {}

const folder = mkdtempSync(path.join(tmpdir(), "constructs-"));
afterAll(() => rmSync(folder, { recursive: true }));

export function aStack(id = "main-website", account = anAccount()): BareStack {
  return new BareStack(new App({ outdir: folder }), id, { account });
}

/**
 * What Terraform reads: the whole stack, validations on, without the comments that cdktf keeps
 * under `//`.
 */
export function declared(stack: AccountStack): Readonly<Record<string, unknown>> {
  return JSON.parse(Testing.synth(stack, true));
}

/** All that `build` adds to a stack, resources by type and address. */
export function resourcesOf(build: (stack: BareStack) => void): unknown {
  return withoutStackTraces(() => {
    const stack = aStack();
    build(stack);
    return declared(stack).resource;
  });
}
