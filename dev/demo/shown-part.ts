import { accountView } from "../../lib/config/model/account-view";
import type { Access, Account, AnyProject, AnyRole } from "../../lib/config/model/model";
import { ProjectError } from "../../lib/errors";
import { unknownName } from "../../lib/project/unknown-name";

/** The part of a file that the demo shows. */
export interface ShownPart {
  readonly access: Access;
  /** The parts that it does not show, and why: a sentence each. */
  readonly leftOut: readonly string[];
}

/**
 * The part of a file that one local account can show: one account with its projects and roles.
 * The file's own commands are left out, since the pushed code is the demo's.
 * @param key of the account; default: the one with the most roles
 * @throws ProjectError `unknown-account`, `demo-partition` (exit 2)
 */
export function shownPart(access: Access, key?: string): ShownPart {
  const account = localAccount(access, key);
  const projects = accountView(access, account).projects.map(shownProject);
  const others = access.accounts.filter((one) => one.key !== account.key);
  const own = access.projects.flatMap(commandsOf);
  return {
    access: { ...access, accounts: [account], projects },
    leftOut: [
      ...others.map((other) => `account ${other.key}: use --account ${other.key}`),
      ...(own.length === 0
        ? []
        : [`the commands of the file's pipelines (${own.join("; ")}): the pushed code is the demo's`]),
    ],
  };
}

/**
 * An account that the local AWS can stand for.
 * @param key of the account; default: the one with the most roles
 * @throws ProjectError `unknown-account`, `demo-partition` (exit 2)
 */
export function localAccount(access: Access, key: string | undefined): Account {
  const account = accountOf(access, key);
  if (account.partition === "aws") return account;
  throw new ProjectError({
    code: "demo-partition",
    message: `account ${account.key} is in partition ${account.partition}; the local AWS supports only aws`,
    found: account.region,
    fix: "copy the file, set a region of partition aws, and name the copy in OIDC_ACCESS_FILE",
    exitCode: 2,
  });
}

function accountOf(access: Access, key: string | undefined): Account {
  const { accounts } = access;
  const rolesIn = (account: Account): number => accountView(access, account).roles.length;
  const [largest] = accounts.toSorted((left, right) => rolesIn(right) - rolesIn(left));
  const account = key === undefined ? largest : accounts.find((one) => one.key === key);
  if (account !== undefined) return account;
  throw unknownName(
    "account",
    key ?? "",
    accounts.map((one) => one.key),
  );
}

/** A project without commands of its own. */
function shownProject(project: AnyProject): AnyProject {
  const kept = new Set(project.roles.map((role) => role.key));
  return {
    ...project,
    pipeline: { ...project.pipeline, build: [] },
    roles: project.roles.map((role): AnyRole => {
      const { after, contexts } = role.pipeline;
      const still = after?.filter((one) => kept.has(one));
      return { ...role, pipeline: { run: [], contexts, ...(still === undefined ? {} : { after: still }) } };
    }),
  };
}

function commandsOf({ pipeline, roles }: AnyProject): readonly string[] {
  return [...pipeline.build, ...roles.flatMap((role) => role.pipeline.run)];
}
