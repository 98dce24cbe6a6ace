import type { Account, Grant } from "../../config/model/model";
import { patternText } from "../../config/model/ref-pattern";
import { DEFAULT_TAG_KEYS } from "../../config/rules/aws-tags";
import { defaultSession } from "../../config/schema/role-schema";
import type { FoundRole, Tags } from "../inventory/inventory";

/** A role's entry in access.yaml, and the policy files that it names. */
export interface RoleEntryDraft {
  readonly entry: Readonly<Record<string, unknown>>;
  /** Texts by path below the folder of access.yaml. */
  readonly documents: ReadonlyMap<string, string>;
}

interface RoleEntrySettings {
  readonly project: string;
  readonly key: string;
  readonly account: Account;
  /** Whether the entry names its account, because the file has several. */
  readonly sayAccount: boolean;
  /** Undefined: the role is hand-written. */
  readonly grant?: Grant;
  /** Whether the wording of the trust policy is kept in a file. */
  readonly keepsTrust: boolean;
  /** Whether the role gets this project's default tags. */
  readonly defaultTags: boolean;
}

/** The entry under which a deploy changes nothing of the role. */
export function roleEntry(role: FoundRole, settings: RoleEntrySettings): RoleEntryDraft {
  const { project, key, account, grant, keepsTrust, defaultTags } = settings;
  const folder = `adopted/${account.key}/${role.name}`;
  const trust = `${folder}/trust.json`;
  const inline = role.inline.map(({ name, document }) => ({
    name,
    file: `${folder}/inline/${name}.json`,
    document,
  }));
  const awsTags = ownTags(role.tags, defaultTags);
  const entry = {
    ...(grant === undefined ? {} : whoOf(grant)),
    ...(keepsTrust ? { trust } : {}),
    ...(settings.sayAccount ? { account: account.key } : {}),
    ...(role.name === `${project}-${key}` ? {} : { name: role.name }),
    ...(role.path === "/" ? {} : { path: role.path }),
    description: role.description ?? "",
    ...(role.sessionSeconds === defaultSession ? {} : { session: role.sessionSeconds }),
    ...(role.attached.length === 0 ? {} : { policies: role.attached }),
    ...(inline.length === 0
      ? {}
      : { inlinePolicies: Object.fromEntries(inline.map(({ name, file }) => [name, file])) }),
    ...(role.boundary === undefined ? {} : { permissionsBoundary: role.boundary }),
    ...(Object.keys(awsTags).length === 0 ? {} : { awsTags }),
    ...(defaultTags ? {} : { defaultTags: false }),
    protect: true,
  };
  return {
    entry,
    documents: new Map([
      ...(keepsTrust ? [[trust, laidOut(role.trust)] as const] : []),
      ...inline.map(({ file, document }) => [file, laidOut(document)] as const),
    ]),
  };
}

function whoOf({ people, refs }: Grant): Readonly<Record<string, unknown>> {
  return {
    people: people.kind === "everyone" ? "everyone" : people.members.map(({ name }) => name),
    ...(refs.kind === "any"
      ? { branches: "any", ...(refs.tokensWithoutOrigin ? { tokensWithoutOrigin: true } : {}) }
      : {
          ...(refs.branches.length === 0 ? {} : { branches: refs.branches.map(patternText) }),
          ...(refs.tags.length === 0 ? {} : { tags: refs.tags.map(patternText) }),
        }),
  };
}

/**
 * Without `aws:` tags, which only AWS can set, and without this project's default tags if it adds
 * them.
 */
export function ownTags(tags: Tags, defaultTags: boolean): Tags {
  const isKept = (key: string): boolean =>
    !key.toLowerCase().startsWith("aws:") && !(defaultTags && DEFAULT_TAG_KEYS.some((one) => one === key));
  return Object.fromEntries(Object.entries(tags).filter(([key]) => isKept(key)));
}

/** Formats JSON for reading and diffing; keys, values and order are kept. */
function laidOut(document: string): string {
  try {
    return `${JSON.stringify(JSON.parse(document), null, 2)}\n`;
  } catch {
    return document;
  }
}
