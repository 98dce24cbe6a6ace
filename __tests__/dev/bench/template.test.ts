import { readFileSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "../../../lib/programs/cache";

/** What `cdktf init --template=typescript` copies. */
const STOCK = path.join(repositoryRoot, "node_modules", "cdktf-cli", "bundle", "templates", "typescript");
const OURS = path.join(repositoryRoot, "dev", "bench", "template");

function read(folder: string, file: string): unknown {
  // The placeholder for feature flags is not JSON.
  const text = readFileSync(path.join(folder, file), "utf8").replace("{{futureFlags}}", "");
  return JSON.parse(text);
}

describe("the stock template of the benchmark", () => {
  test("has the compiler options of cdktf's template", () => {
    expect(read(OURS, "tsconfig.json")).toEqual(read(STOCK, "tsconfig.json"));
  });

  test("has the app command of cdktf's template", () => {
    expect(read(OURS, "cdktf.json")).toMatchObject({ app: "npx ts-node main.ts" });
    expect(read(STOCK, "cdktf.json")).toMatchObject({ app: "npx ts-node main.ts" });
  });
});
