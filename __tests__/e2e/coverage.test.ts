import { readFileSync } from "node:fs";
import path from "node:path";
import { DEFAULT_AWS_PROVIDER } from "../../lib/config/rules/provider-version";
import { printTable, TABLE_FILE, tableFrom } from "../../lib/diff/coverage/print-table";
import { resourceBlocksIn } from "../../lib/diff/coverage/provider-schema";
import { sortTypes, typesSortedByHand } from "../../lib/diff/coverage/sort-types";
import { repositoryRoot } from "../../lib/programs/cache";
import { awsProviderSchema } from "../../lib/terraform/aws-provider-schema";
import { prepareTools } from "../../lib/terraform/prepare";
import { chooseProvider } from "../../lib/terraform/provider-choice";
import { Terraform } from "../../lib/terraform/terraform";

let schema = "";
beforeAll(async () => {
  const { terraform, environment } = await prepareTools(["terraform", "provider"], {
    provider: chooseProvider(DEFAULT_AWS_PROVIDER),
  });
  schema = await awsProviderSchema(
    new Terraform(terraform, { ...process.env, ...environment }),
    DEFAULT_AWS_PROVIDER,
  );
});

test("the table follows from the provider's schema and the manual classification", () => {
  expect(readFileSync(path.join(repositoryRoot, TABLE_FILE), "utf8")).toBe(printTable(tableFrom(schema)));
});

test("every type of the provider is in the table once, and no other", () => {
  const blocks = resourceBlocksIn(schema, "hashicorp/aws");
  const { examined, noAccess, notExamined } = sortTypes(blocks);
  const listed = [
    ...new Set(Object.values(examined).flat()),
    ...Object.values(noAccess).flat(),
    ...Object.values(notExamined).flat(),
  ];
  expect([...listed].sort()).toEqual([...blocks.keys()].sort());
  expect(typesSortedByHand().filter((type) => !blocks.has(type))).toEqual([]);
});
