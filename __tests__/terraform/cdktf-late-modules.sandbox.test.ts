import path from "node:path";
import { run } from "../../lib/process/run";
import { repositoryRoot } from "../../lib/programs/cache";

/**
 * What cdktf's bundle does with a package that it imports: it copies the package's own properties.
 */
const PROGRAM = `
const bundled = require("@cdktf/hcl2json");
const copy = Object.create(Object.getPrototypeOf(bundled));
for (const name of Object.getOwnPropertyNames(bundled))
  if (!bundled.__esModule) copy[name] = bundled[name];
const isLoaded = () => Object.keys(require.cache).some((file) => file.includes("hcl2json"));
const before = isLoaded();
const hcl = 'output "one" { value = 1 }';
copy.parse("main.tf", hcl).then((parsed) => console.log(JSON.stringify([before, isLoaded(), parsed])));
`;

test("what only cdktf's convert needs is loaded when it is used, and is the real package then", async () => {
  const late = path.join(repositoryRoot, "lib", "terraform", "cdktf-late-modules.cjs");
  const args = ["--require", late, "--eval", PROGRAM];
  const { stdout, stderr } = await run(process.execPath, args, { cwd: repositoryRoot });
  expect([JSON.parse(stdout), stderr]).toEqual([[false, true, { output: { one: [{ value: 1 }] } }], ""]);
});
