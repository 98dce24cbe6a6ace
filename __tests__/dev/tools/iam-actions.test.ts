import { readFileSync } from "node:fs";
import path from "node:path";
import { ACTIONS_FILE, printActions } from "../../../dev/tools/iam-actions";
import { repositoryRoot } from "../../../lib/programs/cache";

test("the list of actions is what the package contains", () => {
  expect(readFileSync(path.join(repositoryRoot, ACTIONS_FILE), "utf8")).toBe(printActions());
});
