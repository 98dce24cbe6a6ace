import { existsSync } from "node:fs";
import { onlyServer } from "../../circleci/only-server";
import { serverRule } from "../../config/rules/server";
import { AccessFileError } from "../../config/yaml/problem";
import { readYaml } from "../../config/yaml/yaml-source";
import { entriesOf, lookUp } from "../../config/yaml/yaml-tree";
import { ProjectError } from "../../errors";
import { accessFile } from "../../project/project-root";
import { readAccessText } from "../../project/read-access";

/**
 * The CircleCI Server of access.yaml, which need not be complete. A file that cannot be read is an
 * error: the token of a server would be sent to circleci.com.
 * @returns empty: `CIRCLE_URL` or `CIRCLE_HOST` is set, or no file, or none in it
 * @throws AccessFileError; ProjectError `circleci-url` and those of `readAccessText` (exit 2)
 */
export function serverFor(env: NodeJS.ProcessEnv): { readonly server?: string } {
  const file = accessFile(env);
  if (env.CIRCLE_URL || env.CIRCLE_HOST || !existsSync(file)) return {};
  const { root, problems } = readYaml(readAccessText(file));
  if (problems.length > 0) throw new AccessFileError(file, problems);
  const named = entriesOf(lookUp(root, ["organizations"]).value).map(([name]) => ["organizations", name]);
  const paths = named.length === 0 ? [["organization"]] : named;
  return onlyServer(
    paths.map((path) => serverAt(root, [...path, "server"], file)),
    env,
  );
}

function serverAt(root: unknown, path: readonly string[], file: string): string | undefined {
  const { value: server } = lookUp(root, path);
  if (server === undefined || server === null) return undefined;
  if (typeof server === "string" && serverRule(server) === undefined) return server;
  throw new ProjectError({
    code: "circleci-url",
    message: `${path.join(".")} in ${file} is not a host that a token may be sent to`,
    found: String(server),
    fix: "write the host of your CircleCI Server in lower case, such as circleci.acme.example",
    exitCode: 2,
  });
}
