import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { cdktnProgram } from "../../dev/cdktn/program";
import { repositoryRoot } from "../../lib/programs/cache";
import { ownProgram } from "../../lib/programs/own-program";
import { removeScratchFolders, runToEnd, scratchFolder } from "../programs/support";

let cdktn: readonly [string, ...string[]];
beforeAll(async () => {
  cdktn = await cdktnProgram(scratchFolder());
});
afterAll(removeScratchFolders);

/** Every file that a synth writes, parsed. */
async function synthesized([program, ...args]: readonly [string, ...string[]], example: string) {
  const output = scratchFolder();
  const access = path.join(repositoryRoot, "examples", example, "access.yaml");
  const env = { ...process.env, OIDC_ACCESS_FILE: access, CDKTF_OUTDIR: output };
  const ended = await runToEnd(program, args, { env });
  expect(ended).toEqual({ exitCode: 0, output: "" });
  const files = readdirSync(output, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".json"),
  );
  return Object.fromEntries(
    files
      .sort()
      .map((file): [string, unknown] => [file, JSON.parse(readFileSync(path.join(output, file), "utf8"))]),
  );
}

/** Values by their place, such as `stacks/main-state/cdk.tf.json//metadata/version`. */
function leaves(value: unknown, place = ""): ReadonlyMap<string, unknown> {
  if (typeof value !== "object" || value === null || Object.keys(value).length === 0)
    return new Map([[place, value]]);
  return new Map(Object.entries(value).flatMap(([key, one]) => [...leaves(one, `${place}/${key}`)]));
}

test.each(["infrastructure", "company"])(
  "CDK Terrain writes the same stacks as cdktf, but for its own version and how the provider is named: %s",
  async (example) => {
    const ofCdktf = leaves(await synthesized(ownProgram("main.ts"), example));
    const ofCdktn = leaves(await synthesized(cdktn, example));
    expect([...ofCdktn.keys()].sort()).toEqual([...ofCdktf.keys()].sort());
    const different = [...ofCdktf].filter(
      ([place, value]) => JSON.stringify(ofCdktn.get(place)) !== JSON.stringify(value),
    );
    const kinds = different.map(([place, value]) => [
      place.replace(/^.*\/(?=[^/]+\/[^/]+$)/, ""),
      value,
      ofCdktn.get(place),
    ]);
    const distinct = [...new Set(kinds.map((one) => JSON.stringify(one)))].sort();
    expect(distinct.map((one) => JSON.parse(one))).toEqual([
      ["aws/source", "aws", "hashicorp/aws"],
      ["manifest.json/version", "0.21.0", "0.24.0"],
      ["metadata/version", "0.21.0", "0.24.0"],
    ]);
  },
);
