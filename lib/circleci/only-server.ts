import { ProjectError } from "../errors";

/**
 * The CircleCI that a token may be sent to, where organizations may be at several: a token belongs
 * to one of them, and another host must not get it.
 * @param servers hosts of CircleCI Server, one for each organization; undefined: CircleCI's cloud
 * @returns empty: `CIRCLE_URL` or `CIRCLE_HOST` is set and decides, or CircleCI's cloud
 * @throws ProjectError `circleci-url` (exit 2)
 */
export function onlyServer(
  servers: readonly (string | undefined)[],
  env: NodeJS.ProcessEnv,
): { readonly server?: string } {
  if (env.CIRCLE_URL || env.CIRCLE_HOST) return {};
  const [server, ...others] = new Set(servers);
  if (others.length === 0) return server === undefined ? {} : { server };
  throw new ProjectError({
    code: "circleci-url",
    message: "the organizations of access.yaml are at several hosts, and the token belongs to one of them",
    found: [server, ...others].map((host) => host ?? "circleci.com").join(", "),
    fix: "set CIRCLE_URL to the host of the token, such as https://circleci.com",
    exitCode: 2,
  });
}
