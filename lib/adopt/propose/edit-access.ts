import type { Access, Account } from "../../config/model/model";
import { insertEntry } from "../../config/yaml/insert-entry";
import { matchBucket } from "../inventory/bucket-match";
import type { FoundBucket, FoundProvider } from "../inventory/inventory";
import type { PlacedRole } from "./place-role";
import type { Projects } from "./projects";
import { ownTags, type RoleEntryDraft, roleEntry } from "./role-entry";

/** A bucket to adopt, and its place in access.yaml. */
export interface PlacedBucket {
  readonly found: FoundBucket;
  readonly account: Account;
  readonly project: string;
  readonly key: string;
}

interface Drafts {
  readonly roles: readonly PlacedRole[];
  readonly buckets: readonly PlacedBucket[];
  /** Undefined: there is none to adopt, or access.yaml already has its entry. */
  readonly provider?: {
    readonly found: FoundProvider;
    readonly account: Account;
    readonly asked: readonly string[];
  };
  readonly projects: Projects;
  readonly defaultTags: boolean;
}

export interface EditedAccess {
  readonly text: string;
  /** Texts of policy files by path below the folder of access.yaml. */
  readonly documents: ReadonlyMap<string, string>;
}

/** access.yaml with the entries of all that is adopted; every other character is kept. */
export function editAccess(before: string, access: Access, drafts: Drafts): EditedAccess {
  const { roles, buckets, provider, projects, defaultTags } = drafts;
  const sayAccount = access.accounts.length > 1;
  const documents = new Map<string, string>();
  let text = before;
  const put = (path: [string, ...string[]], value: unknown): void => {
    text = insertEntry(text, path, value);
  };
  const known = new Set(access.people.map(({ name }) => name));
  for (const { grant } of roles) {
    for (const { name, id } of grant?.people.kind === "listed" ? grant.people.members : []) {
      if (known.has(name)) continue;
      known.add(name);
      put(["people", name], id);
    }
  }
  if (provider !== undefined) {
    const { found, account, asked } = provider;
    const entry = providerEntry(found, asked, defaultTags);
    put(["accounts", account.key, "provider"], entry);
  }
  for (const project of [...new Set([...roles, ...buckets].map((one) => one.project))].sort()) {
    for (const [key, value] of Object.entries(projects.additions(project)))
      put(["projects", project, key], value);
  }
  for (const role of roles) {
    const draft = draftOf(role, sayAccount, defaultTags);
    put(["projects", role.project, "roles", role.key], draft.entry);
    for (const [file, document] of draft.documents) documents.set(file, document);
  }
  for (const { found, account, project, key } of buckets) {
    put(["projects", project, "buckets", key], bucketEntry(found, account, sayAccount, defaultTags));
  }
  return { text, documents };
}

function draftOf(role: PlacedRole, sayAccount: boolean, defaultTags: boolean): RoleEntryDraft {
  const { found, understanding, grant, project, key, account } = role;
  const isOurs = grant !== undefined && understanding.kind === "exact" && understanding.wording === "ours";
  return roleEntry(found, {
    project,
    key,
    account,
    sayAccount,
    defaultTags,
    keepsTrust: !isOurs,
    ...(grant === undefined ? {} : { grant }),
  });
}

/** @param asked audiences of the file's roles, including adopted ones */
function providerEntry(found: FoundProvider, asked: readonly string[], defaultTags: boolean): object {
  const audiences = found.audiences.filter((audience) => !asked.includes(audience));
  const awsTags = ownTags(found.tags, defaultTags);
  return {
    ...(audiences.length === 0 ? {} : { audiences }),
    ...(Object.keys(awsTags).length === 0 ? {} : { awsTags }),
    ...(defaultTags ? {} : { defaultTags: false }),
    protect: true,
  };
}

function bucketEntry(
  found: FoundBucket,
  account: Account,
  sayAccount: boolean,
  defaultTags: boolean,
): object {
  const { keep, kmsKey, keepVersionsDays, expireDays } = matchBucket(found, account.partition);
  const awsTags = ownTags(found.tags, defaultTags);
  return {
    name: found.name,
    ...(sayAccount ? { account: account.key } : {}),
    ...(kmsKey === undefined ? {} : { kmsKey }),
    ...(keepVersionsDays === undefined ? {} : { keepVersionsDays }),
    ...(expireDays === undefined ? {} : { expireDays }),
    ...(Object.keys(awsTags).length === 0 ? {} : { awsTags }),
    ...(defaultTags ? {} : { defaultTags: false }),
    ...(keep.length === 0 ? {} : { keep }),
  };
}
