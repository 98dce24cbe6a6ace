import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Access } from "../config/model/model";
import { stacksIn } from "../deliver/stacks/synthesised-stacks";
import { synthesise } from "../terraform/synthesise";
import { IMPORTS_FILE, printImports } from "./imports/imports-file";
import type { Transfers } from "./imports/transfers";
import { type Declared, declaredIn } from "./propose/declared";

/**
 * The resources that an access.yaml declares which is not written yet: it is synthesized in a
 * temporary folder, with the files that it names.
 * @param env environment for main.ts
 * @throws ProjectError of `synthesise`
 */
export async function synthDeclared(
  text: string,
  access: Access,
  env: NodeJS.ProcessEnv,
): Promise<readonly Declared[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "adopt-"));
  try {
    const accessFile = path.join(folder, "access.yaml");
    writeProject(accessFile, text, access);
    const output = path.join(folder, "cdktf.out");
    mkdirSync(output);
    await synthesise(output, { ...env, OIDC_ACCESS_FILE: accessFile });
    return stacksIn(output, []).flatMap(({ name, folder: at }) =>
      declaredIn(name, JSON.parse(readFileSync(path.join(at, "cdk.tf.json"), "utf8"))),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Writes an access.yaml and the files that it names. @param transfers imports.json; default: none
 */
function writeProject(accessFile: string, text: string, access: Access, transfers?: Transfers): void {
  const folder = path.dirname(accessFile);
  writeFileSync(accessFile, text);
  if (transfers !== undefined) writeFileSync(path.join(folder, IMPORTS_FILE), printImports(transfers));
  for (const role of access.projects.flatMap((project) => project.roles)) {
    for (const document of [...(role.trust === undefined ? [] : [role.trust]), ...role.inlinePolicies]) {
      const file = path.join(folder, document.file);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, document.text);
    }
  }
}
