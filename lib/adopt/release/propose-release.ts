import { groupBy } from "../../collections/group-by";
import { accessFromText } from "../../config/load";
import { accountView } from "../../config/model/account-view";
import type { Access, AnyProject, AnyRole } from "../../config/model/model";
import { removeEntry } from "../../config/yaml/remove-entry";
import { ROLE_CHECKS } from "../../project/read-access";
import { unknownName, wrongCall } from "../../project/unknown-name";
import { printImports } from "../imports/imports-file";
import type { StackTransfers, Transfers } from "../imports/transfers";
import type { States } from "../inventory/states";
import type { Declared } from "../propose/declared";
import type { AdoptInput, Declare, FileChange } from "../propose/proposal";

/** What to write so that Terraform forgets objects that stay in AWS. */
export interface ReleaseProposal {
  /** Names of the released roles and buckets. */
  readonly released: readonly string[];
  /** `STACK/ADDRESS` in the state that Terraform will forget. */
  readonly forgotten: readonly string[];
  /** Policy files that no entry uses any longer; they are not deleted. */
  readonly left: readonly string[];
  readonly changes: readonly FileChange[];
}

interface Target {
  readonly project: AnyProject;
  readonly kind: "roles" | "buckets";
  readonly key: string;
  readonly name: string;
  readonly role?: AnyRole;
}

/**
 * Removes roles and buckets from access.yaml, and has Terraform forget them instead of destroying
 * them.
 * @param names of roles in IAM or of buckets, or `project/key`
 * @throws ProjectError `unknown-role`, `wrong-call` (exit 2); AccessFileError if the
 * remaining file is not valid
 */
export async function proposeRelease(
  present: Omit<AdoptInput, "inventory">,
  names: readonly string[],
  declare: Declare,
): Promise<ReleaseProposal> {
  const { access, account, text, file, states, transfers, readFile } = present;
  const targets = names.map((name) => findTarget(name, present));
  const edited = withoutTargets(text, access, targets);
  const left = accessFromText(edited, file, ROLE_CHECKS, (document) => {
    const found = readFile(document);
    if (found !== undefined) return { text: found };
    const what = { message: "the file does not exist", found: document, allowed: "a file" };
    return { violation: { ...what, code: "document-missing", fix: "restore the file" } };
  });
  const [before, after] = [await declare(text, access), await declare(edited, left)];
  const gone = goneFrom(before, after);
  const next = withForgotten(transfers, account.key, gone, states);
  const own = next.get(account.key) ?? new Map<string, StackTransfers>();
  const forgotten = [...own].flatMap(([stack, one]) => one.forgotten.map((address) => `${stack}/${address}`));
  return {
    released: targets.map(({ name }) => name),
    forgotten: forgotten.sort(),
    left: documentsLeft(targets, left),
    changes: changesFor(present, edited, next),
  };
}

function findTarget(name: string, { access, account }: Pick<AdoptInput, "access" | "account">): Target {
  const all = accountView(access, account).projects.flatMap((project): readonly Target[] => [
    ...project.roles.map(
      (role): Target => ({ project, kind: "roles", key: role.key, name: role.name, role }),
    ),
    ...project.buckets.map(
      (bucket): Target => ({ project, kind: "buckets", key: bucket.key, name: bucket.name }),
    ),
  ]);
  const found = all.filter((one) => one.name === name || `${one.project.key}/${one.key}` === name);
  const [only, ...others] = found;
  if (only === undefined)
    throw unknownName(
      "role",
      name,
      all.map((one) => one.name),
    );
  if (others.length > 0) throw wrongCall(`"${name}" matches several roles or buckets`, "use its name in AWS");
  if (only.role?.terraform !== undefined)
    throw wrongCall(
      `role "${name}" runs Terraform on this account, so its policies are generated`,
      "remove it from access.yaml in a separate change, and deploy that as an administrator",
    );
  return only;
}

/** Removes the targets; a project is removed with its last role. */
function withoutTargets(text: string, { projects }: Access, targets: readonly Target[]): string {
  let edited = text;
  for (const project of projects) {
    const own = targets.filter((one) => one.project.key === project.key);
    const [roles, buckets] = (["roles", "buckets"] as const).map(
      (kind) => project[kind].length - own.filter((one) => one.kind === kind).length,
    );
    if (own.length === 0) continue;
    if (roles === 0 && buckets !== 0)
      throw wrongCall(
        `project ${project.key} would keep buckets but no role`,
        `release its buckets too: ${project.buckets.map(({ name }) => name).join(", ")}`,
      );
    if (roles === 0) {
      edited = removeEntry(edited, ["projects", project.key]);
      continue;
    }
    for (const { kind, key } of own) edited = removeEntry(edited, ["projects", project.key, kind, key]);
    if (buckets === 0 && project.buckets.length > 0)
      edited = removeEntry(edited, ["projects", project.key, "buckets"]);
  }
  return edited;
}

/** Addresses by stack that are no longer declared. */
function goneFrom(
  before: readonly Declared[],
  after: readonly Declared[],
): ReadonlyMap<string, readonly string[]> {
  const still = new Set(after.map(({ stack, type, id }) => `${stack}/${type}.${id}`));
  const gone = before
    .map(({ stack, type, id }) => ({ stack, address: `${type}.${id}` }))
    .filter(({ stack, address }) => !still.has(`${stack}/${address}`));
  const byStack = groupBy(gone, ({ stack }) => stack);
  return new Map([...byStack].map(([stack, all]) => [stack, all.map(({ address }) => address)]));
}

/** Forgets the addresses in the state; of the others only the pending import is removed. */
function withForgotten(
  transfers: Transfers,
  account: string,
  gone: ReadonlyMap<string, readonly string[]>,
  { addresses }: States,
): Transfers {
  const own = new Map(transfers.get(account) ?? []);
  for (const [stack, all] of gone) {
    const { imports, forgotten } = own.get(stack) ?? { imports: {}, forgotten: [] };
    const left = Object.entries(imports).filter(([address]) => !all.includes(address));
    const held = all.filter((address) => addresses.has(`${stack}/${address}`));
    const next = {
      imports: Object.fromEntries(left),
      forgotten: [...new Set([...forgotten, ...held])].sort(),
    };
    if (left.length + next.forgotten.length === 0) own.delete(stack);
    else own.set(stack, next);
  }
  return new Map([...transfers, [account, own]]);
}

function documentsLeft(targets: readonly Target[], { projects }: Access): readonly string[] {
  const filesOf = (roles: readonly AnyRole[]): readonly string[] =>
    roles.flatMap(({ trust, inlinePolicies }) => [
      ...(trust === undefined ? [] : [trust.file]),
      ...inlinePolicies.map((policy) => policy.file),
    ]);
  const used = new Set(filesOf(projects.flatMap((project) => project.roles)));
  return filesOf(targets.flatMap(({ role }) => role ?? [])).filter((file) => !used.has(file));
}

function changesFor(
  { text, file, importsFile, importsText }: Omit<AdoptInput, "inventory">,
  edited: string,
  transfers: Transfers,
): readonly FileChange[] {
  const imports = {
    ...(importsText === undefined ? {} : { before: importsText }),
    file: importsFile,
    after: printImports(transfers),
  };
  return [imports, { file, before: text, after: edited }].filter(({ before, after }) => before !== after);
}
