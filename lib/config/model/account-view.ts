import { remembered } from "../../collections/remembered";
import { hasGrant } from "./grants";
import type { Access, Account, AnyProject, AnyRole, Organization, ProjectBucket } from "./model";
import { identityStackName, pipelineStackName, projectStackName, stateStackName } from "./stack-names";

/** What access.yaml declares in one account. Lists are sorted by project and key. */
interface AccountView {
  readonly account: Account;
  /** Projects with a role or a bucket in the account, each with only those roles and buckets. */
  readonly projects: readonly AnyProject[];
  readonly roles: readonly AnyRole[];
  /** The roles that do not run Terraform. */
  readonly projectRoles: readonly AnyRole[];
  /** The roles that run Terraform on the account's stacks. */
  readonly pipelineRoles: readonly AnyRole[];
  /** Buckets that belong to a project, not to one of its roles. */
  readonly buckets: readonly ProjectBucket[];
  /** Names of the roles' buckets and of the projects'; without the state bucket. */
  readonly bucketNames: readonly string[];
  /** The account's OIDC providers, one for each organization with a role there; sorted by name. */
  readonly providers: readonly ProviderView[];
  readonly stacks: AccountStacks;
  /** Every stack of the account, in the order in which they depend on each other. */
  readonly stackNames: readonly string[];
}

/** The OIDC provider of an organization in one account. */
export interface ProviderView {
  readonly organization: Organization;
  /** Sorted; at least one. */
  readonly audiences: readonly string[];
}

/** Names of an account's stacks. */
interface AccountStacks {
  readonly state: string;
  readonly identity: string;
  /** Undefined: no role of the account runs Terraform. */
  readonly pipeline?: string;
  readonly projects: readonly ProjectStackView[];
}

/** The stack of one project: the roles and buckets it declares. There is at least one of either. */
interface ProjectStackView {
  readonly name: string;
  readonly roles: readonly AnyRole[];
  readonly buckets: readonly ProjectBucket[];
}

const VIEWS = new WeakMap<Access, Map<string, AccountView>>();

/**
 * The view of one account, computed once for each Access.
 * @throws Error if the Access has no account of this key
 */
export function accountView(access: Access, { key }: Pick<Account, "key">): AccountView {
  const views = remembered(VIEWS, access, () => new Map<string, AccountView>());
  return remembered(views, key, () => {
    const account = access.accounts.find((one) => one.key === key);
    if (account === undefined) throw new Error(`access.yaml has no account ${key}`);
    return viewOf(access, account, (_, { terraform }) => terraform !== undefined);
  });
}

/**
 * The same while an Access is being built.
 * @param runsTerraform by the key of the project and the role
 */
export function viewOf(
  access: Access,
  account: Account,
  runsTerraform: (project: string, role: AnyRole) => boolean,
): AccountView {
  const isHere = (one: { readonly account: Account }): boolean => one.account.key === account.key;
  const projects = access.projects
    .map((project) => ({
      ...project,
      roles: project.roles.filter(isHere),
      buckets: project.buckets.filter(isHere),
    }))
    .filter(({ roles, buckets }) => roles.length + buckets.length > 0);
  const inPipeline = projects.flatMap(({ key, roles }) => roles.filter((role) => runsTerraform(key, role)));
  const stacks = projects.flatMap(({ key, roles, buckets }): readonly ProjectStackView[] => {
    const own = roles.filter((role) => !inPipeline.includes(role));
    return own.length + buckets.length === 0
      ? []
      : [{ name: projectStackName(account, key), roles: own, buckets }];
  });
  const roles = projects.flatMap((project) => project.roles);
  const buckets = projects.flatMap((project) => project.buckets);
  const names: AccountStacks = {
    state: stateStackName(account),
    identity: identityStackName(account),
    ...(inPipeline.length === 0 ? {} : { pipeline: pipelineStackName(account) }),
    projects: stacks,
  };
  return {
    account,
    projects,
    roles,
    projectRoles: stacks.flatMap((stack) => stack.roles),
    pipelineRoles: inPipeline,
    buckets,
    bucketNames: [...roles.flatMap(({ bucket }) => bucket?.name ?? []), ...buckets.map(({ name }) => name)],
    providers: providersIn(access, account, projects),
    stacks: names,
    stackNames: [
      names.state,
      names.identity,
      ...(names.pipeline === undefined ? [] : [names.pipeline]),
      ...stacks.map(({ name }) => name),
    ],
  };
}

/**
 * A file with one organization has its provider in every account. Of several, an account has the
 * providers that its roles trust.
 */
function providersIn(
  { organizations }: Access,
  account: Account,
  projects: readonly AnyProject[],
): readonly ProviderView[] {
  return organizations.flatMap((organization) => {
    const own = projects.filter((project) => project.organization.id === organization.id);
    const roles = own.flatMap((project) => project.roles);
    if (organizations.length > 1 && roles.length === 0) return [];
    return [{ organization, audiences: audiencesOf(organization, account, roles) }];
  });
}

/**
 * Every audience that a role of the organization expects or, for the default organization, that the
 * account lists. A provider without either gets the organization's: AWS requires at least one (IAM
 * API Reference, CreateOpenIDConnectProvider, ClientIDList).
 */
function audiencesOf(
  organization: Organization,
  { provider }: Account,
  roles: readonly AnyRole[],
): readonly string[] {
  const further = organization.isDefault ? provider.audiences : [];
  const expected = [...further, ...roles.filter(hasGrant).map(({ grant }) => grant.audience)];
  return expected.length === 0 ? [organization.audience] : [...new Set(expected)].sort();
}
