import { readFileSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "../../../lib/programs/cache";

/** What `cdktf init --template=typescript` copies. */
const STOCK = path.join(repositoryRoot, "node_modules", "cdktf-cli", "bundle", "templates", "typescript");
const OURS = path.join(repositoryRoot, "dev", "bench", "template");

function read(folder: string, file: string): unknown {
  // Its place-holder for feature flags stands alone on a line and is no JSON.
  const text = readFileSync(path.join(folder, file), "utf8").replace("{{futureFlags}}", "");
  return JSON.parse(text);
}

describe("the stock template that we measure against", () => {
  test("compiles with the options of cdktf's own, untouched", () => {
    expect(read(OURS, "tsconfig.json")).toEqual(read(STOCK, "tsconfig.json"));
  });

  test("is run as cdktf's own is", () => {
    expect(read(OURS, "cdktf.json")).toMatchObject({ app: "npx ts-node main.ts" });
    expect(read(STOCK, "cdktf.json")).toMatchObject({ app: "npx ts-node main.ts" });
  });
});
