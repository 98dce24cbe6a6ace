import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import { parse } from "yaml";
import { PARSING } from "../../lib/circleci/read-config";

const schema = JSON.parse(readFileSync(path.join(__dirname, "schema", "schema.json"), "utf8"));
const isConfig = new Ajv({ strict: false, allErrors: true, logger: false }).compile(schema);

/** A configuration that CircleCI's own JSON schema accepts, read. */
export function validConfig<Config = unknown>(text: string): Config {
  const config: Config = parse(text, { ...PARSING, maxAliasCount: -1 });
  isConfig(config);
  expect(isConfig.errors ?? []).toEqual([]);
  return config;
}
