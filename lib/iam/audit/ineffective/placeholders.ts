import type { Statement, Value } from "../../language/policy";
import { isId, readKey } from "../../prove/tokens/provider";
import { issuerIn, issuerOfKey } from "../core/names-circleci";
import { type AuditedPolicy, type Mistake, providersIn } from "./mistake";

const FIELDS: Readonly<Record<string, string>> = { org: "organization", project: "project", user: "user" };

/**
 * Placeholder ids of examples and templates: an account without 12 digits, an organization, project
 * or user that is not a UUID, or the UUID of zeros. The real id is not known here.
 */
export function placeholders(statement: Statement, audited: AuditedPolicy): Mistake | undefined {
  const { servers = [] } = audited.context;
  const [wrong, ...others] = [
    ...(statement.principals?.members ?? []).flatMap(({ text, path }) =>
      inProvider(text, servers).map((what) => ({ what, path })),
    ),
    ...statement.conditions.flatMap(({ key, path }) =>
      inIssuer(issuerOfKey(key, servers) ?? "").map((what) => ({ what, path })),
    ),
    ...subjectValues(statement, audited).flatMap((value) =>
      placeholdersIn(value).map((what) => ({ what, path: value.path })),
    ),
  ];
  if (wrong === undefined) return undefined;
  const all = [...new Set([wrong, ...others].map(({ what }) => what))];
  return {
    id: "placeholder-id",
    path: wrong.path,
    message: placeholderMessage(all),
  };
}

/** @param wrong the invalid ids, each as a clause */
export function placeholderMessage(wrong: readonly string[]): string {
  return `${wrong.join("; ")}. No token matches. Write the real ${wrong.length === 1 ? "id" : "ids"}`;
}

function subjectValues(statement: Statement, audited: AuditedPolicy): readonly Value[] {
  const providers = providersIn([statement], audited);
  return statement.conditions
    .filter(
      ({ key, operator }) =>
        operator.base.startsWith("String") &&
        !operator.negated &&
        (key.toLowerCase().endsWith(":sub") || providers.some((one) => readKey(key, one) === "subject")),
    )
    .flatMap(({ values }) => values);
}

/** @param arn of a provider, or what is written in its place */
function inProvider(arn: string, servers: readonly string[]): readonly string[] {
  const [, account = "", url = ""] = /^arn:[^:]*:iam::([^:]*):oidc-provider\/(.*)$/s.exec(arn) ?? [];
  if (issuerIn(url, servers) === undefined) return [];
  const isAccount = /^[0-9]{12}$/.test(account);
  return [
    ...(isAccount ? [] : [`${JSON.stringify(account)} is not an account ID (12 digits)`]),
    ...inIssuer(url),
  ];
}

function inIssuer(url: string): readonly string[] {
  const organization = /^[^/]+\/org\/([^/]+)$/i.exec(url)?.[1];
  return organization === undefined || isId(organization.toLowerCase())
    ? []
    : [isNoId(organization, "organization")];
}

/** Fields of a subject whose text is not an id. Wildcards may stand for one. */
export function placeholdersIn({ text }: Value): readonly string[] {
  return [...text.matchAll(/(?:^|\/)(org|project|user)\/([^/]*)/g)].flatMap(([, field = "", id = ""]) => {
    if (/[*?]/.test(id)) return [];
    return isId(id.toLowerCase()) ? [] : [isNoId(id, FIELDS[field] ?? field)];
  });
}
function isNoId(text: string, whose: string): string {
  return `${JSON.stringify(text)} is not a valid ${whose} id (a UUID)`;
}
