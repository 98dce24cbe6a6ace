import { suggest } from "../../collections/suggest";
import { accessFromText } from "../../config/load";
import { accountView } from "../../config/model/account-view";
import type { Access, Account } from "../../config/model/model";
import { providerId } from "../../config/model/provider-id";
import type { Violation } from "../../config/yaml/problem";
import { hasAdministratorAccess } from "../../iam/risk/administrator-access";
import { awsPolicies } from "../../project/aws-data";
import { ROLE_CHECKS } from "../../project/read-access";
import { unknownName, wrongCall } from "../../project/unknown-name";
import { issuerOf, issuerUrl } from "../../token/issuer";
import { parseImports, printImports } from "../imports/imports-file";
import type { Transfers } from "../imports/transfers";
import type { FoundProvider, Inventory } from "../inventory/inventory";
import { defaultFirst, knownFrom } from "../understand/known";
import { understandAll } from "../understand/understand-all";
import { computeImports } from "./compute-imports";
import { type EditedAccess, editAccess, type PlacedBucket } from "./edit-access";
import { changesFor } from "./file-changes";
import { foundPermissions } from "./found-permissions";
import { type PlacedRole, placeRole } from "./place-role";
import { Projects } from "./projects";
import type { AdoptInput, Declare, Proposal } from "./proposal";

export interface ProposeOptions {
  /** Names of roles in IAM; undefined: all. */
  readonly only?: readonly string[];
  /** Project for hand-written roles of no single project, and for buckets that no role names. */
  readonly project?: string;
  readonly defaultTags: boolean;
}

/**
 * Computes the files with which the next deploy imports what exists. Writes nothing.
 * @throws ProjectError `unknown-role`, `unknown-project`, `wrong-call`, `imported-twice`,
 * `import-held-elsewhere`, `import-conflict` (exit 2); AccessFileError for what access.yaml
 *   cannot say
 */
export async function propose(
  present: AdoptInput,
  options: ProposeOptions,
  declare: Declare,
): Promise<Proposal> {
  const { access, account, inventory, states, text } = present;
  const declaredRoles = rolesDeclaredIn(access, account);
  const chosen = choose(inventory, options.only);
  const projects = new Projects(access);
  refuseMisspelt(options.project, projects.keys);
  const fresh = chosen.filter(({ name }) => !declaredRoles.has(name.toLowerCase()));
  const understood = understandAll(fresh, account, knownFrom(access), (role) =>
    hasAdministratorAccess(foundPermissions(role, inventory.policies, awsPolicies)),
  );
  const roles = fresh.flatMap((found) => {
    const understanding = understood.get(found.name);
    return understanding === undefined
      ? []
      : [placeRole(found, understanding, account, projects, options.project)];
  });
  const buckets = placeBuckets(present, options, roles, projects);
  const provider = providerToDescribe(present, roles);
  const takesProvider = provider !== undefined;
  const edited = editAccess(text, access, {
    roles,
    buckets,
    projects,
    defaultTags: options.defaultTags,
    ...(provider === undefined ? {} : { provider: { ...provider, account } }),
  });
  // Validated as a deploy validates it, before it is written.
  const proposed = accessFromText(edited.text, present.file, ROLE_CHECKS, (file) =>
    readEdited(file, edited, present),
  );
  const parts =
    options.only === undefined
      ? undefined
      : new Set([
          ...chosen.map(({ name }) => name),
          ...buckets.map(({ found }) => found.name),
          ...inventory.providers.map(({ arn }) => arn),
        ]);
  // The inventory covers only this account: an object of the same name in another account is a
  // different object.
  const own = new Set(accountView(proposed, account).stackNames);
  const declared = (await declare(edited.text, proposed)).filter(({ stack }) => own.has(stack));
  const transfers = computeImports(declared, {
    account: account.key,
    inventory,
    states,
    before: present.transfers,
    ...(parts === undefined ? {} : { parts }),
  });
  // Validated as a deploy validates it: one object at two addresses is an error.
  parseImports(printImports(transfers), present.importsFile);
  const placed = new Set([...roles, ...buckets].map(({ found }) => found.name));
  return {
    accountKey: account.key,
    access: proposed,
    inventory,
    roles,
    buckets,
    takesProvider,
    transfers,
    matched: matchedIn(present.transfers, transfers, account, placed, inventory),
    changes: changesFor(present, edited, transfers),
  };
}

/** `--project` may name a new project, but not a misspelt existing one. */
function refuseMisspelt(home: string | undefined, known: ReadonlySet<string>): void {
  if (home === undefined || known.has(home)) return;
  if (home.trim() === "") throw wrongCall("--project is empty", "pass a project name");
  if (suggest(home, known) !== undefined) throw unknownName("project", home, [...known]);
}

function rolesDeclaredIn(access: Access, account: Account): ReadonlySet<string> {
  return new Set(accountView(access, account).roles.map(({ name }) => name.toLowerCase()));
}

function choose({ roles }: Inventory, only: readonly string[] | undefined): Inventory["roles"] {
  if (only === undefined) return roles;
  const names = roles.map(({ name }) => name);
  for (const name of only) if (!names.includes(name)) throw unknownName("role", name, names);
  return roles.filter(({ name }) => only.includes(name));
}

/**
 * Places each bucket in the project of the first role whose policies name it. A bucket that the
 * file already declares is imported as declared.
 */
function placeBuckets(
  { access, account, inventory }: AdoptInput,
  { project: home, only }: ProposeOptions,
  roles: readonly PlacedRole[],
  projects: Projects,
): readonly PlacedBucket[] {
  const declared = new Set(accountView(access, account).bucketNames);
  return inventory.buckets
    .filter(({ name }) => !declared.has(name))
    .flatMap((found): readonly PlacedBucket[] => {
      const users = roles.filter((role) => found.pointedAtBy.includes(role.found.name));
      if (users.length === 0 && !found.asked) return [];
      if (only !== undefined && users.length === 0 && !found.asked) return [];
      const project = users[0]?.project ?? home ?? projects.only;
      if (project === undefined || !projects.keys.has(project))
        throw wrongCall(
          `no role determines the project of bucket "${found.name}"`,
          `pass one with --project: ${[...projects.keys].join(", ")}`,
        );
      return [{ found, account, project, key: projects.addBucket(project, found.name) }];
    });
}

/**
 * The provider that the account's entry describes, and the audiences that its roles ask for.
 * Undefined: it does not exist, is in a state, or has its entry. Of several organizations, it is
 * the default one's, whose audiences the entry has; else the first that is trusted.
 */
function providerToDescribe(
  { access, account, inventory, states }: AdoptInput,
  roles: readonly PlacedRole[],
): { readonly found: FoundProvider; readonly asked: readonly string[] } | undefined {
  const { isProtected, defaultTags, audiences } = account.provider;
  if (isProtected || !defaultTags || audiences.length > 0) return undefined;
  for (const organization of defaultFirst(access)) {
    const found = inventory.providers.find(({ url }) => url === issuerUrl(issuerOf(organization)));
    const address = `aws_iam_openid_connect_provider.${providerId(organization)}`;
    if (found === undefined || states.addresses.has(`${account.key}-identity/${address}`)) continue;
    const adopted = roles.flatMap(({ grant }) =>
      grant?.organization === organization.id ? grant.audience : [],
    );
    const present = accountView(access, account).providers.filter(
      (one) => one.organization.id === organization.id,
    );
    if (access.organizations.length > 1 && adopted.length + present.length === 0) continue;
    // Further audiences of an account are those of the default organization's provider.
    const others = organization.isDefault ? [] : found.audiences;
    return {
      found,
      asked: [...new Set([...present.flatMap((one) => one.audiences), ...adopted, ...others])],
    };
  }
  return undefined;
}

function readEdited(file: string, { documents }: EditedAccess, { readFile }: AdoptInput) {
  const text = documents.get(file) ?? readFile(file);
  if (text !== undefined) return { text };
  const violation: Violation = {
    code: "document-missing",
    message: "the file does not exist",
    found: file,
    allowed: "a file below the folder of access.yaml",
    fix: "restore the file, or remove the key",
  };
  return { violation };
}

/** Roles and buckets that the file declared before and that are imported now. */
function matchedIn(
  before: Transfers,
  after: Transfers,
  account: Account,
  placed: ReadonlySet<string>,
  inventory: Inventory,
): readonly string[] {
  const idsOf = (transfers: Transfers): readonly string[] =>
    [...(transfers.get(account.key) ?? new Map<string, { imports: object }>()).values()].flatMap(
      ({ imports }) => Object.values(imports).map(String),
    );
  const had = new Set(idsOf(before));
  const names = [...inventory.roles, ...inventory.buckets].map(({ name }) => name);
  return names.filter((name) => !placed.has(name) && !had.has(name) && idsOf(after).includes(name));
}
