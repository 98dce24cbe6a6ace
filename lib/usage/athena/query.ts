import type { Interest } from "../trail/interest";
import { COLUMNS, type Column } from "./columns";

/** A table's name as Athena takes it, with or without its database. */
export const TABLE = /^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)?$/;

/**
 * The SQL that answers the same as reading the log files, for Athena's table of a trail (CloudTrail
 * User Guide and Athena User Guide, "Query AWS CloudTrail logs": the columns and their types). Its
 * result has a row for each session and kind of call, however many records there are.
 * @param table must match `TABLE`
 */
export function athenaQuery({ roles, servers, since }: Interest, table: string): string {
  const from = [
    `FROM ${table}`,
    `WHERE ${since === undefined ? "true" : `eventtime >= ${literal(since)}`}`,
  ].join("\n");
  const ours = `${ROLE_KEY("json_extract_scalar(requestparameters, '$.roleArn')")} IN (${inList(roles)})`;
  const hosts = ["oidc.circleci.com", ...servers].map((host) => `'%oidc-provider/${host}/%'`);
  const circleCi = (column: string): string =>
    hosts.map((host) => `lower(${column}) LIKE ${host}`).join(" OR ");
  const issuer = "sessioncontext.sessionissuer.arn";
  return [
    select(
      {
        kind: "'assumed'",
        role: "coalesce(json_extract_scalar(requestparameters, '$.roleArn'), '')",
        role_id:
          "coalesce(split_part(json_extract_scalar(responseelements, '$.assumedRoleUser.assumedRoleId'), ':', 1), '')",
        by: "CASE eventname WHEN 'AssumeRoleWithWebIdentity' THEN 'web-identity' ELSE 'other' END",
        subject:
          "CASE eventname WHEN 'AssumeRoleWithWebIdentity' THEN coalesce(useridentity.username, '') ELSE coalesce(useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.principalid, useridentity.invokedby, '') END",
        provider:
          "coalesce(regexp_extract(useridentity.principalid, '^(arn:[^:]*:iam::[0-9]+:oidc-provider/[^:]+):', 1), json_extract_scalar(responseelements, '$.provider'), '')",
        error: "coalesce(errorcode, '')",
        session: "coalesce(json_extract_scalar(responseelements, '$.credentials.accessKeyId'), '')",
      },
      `${from}\n  AND eventsource = 'sts.amazonaws.com' AND eventname LIKE 'AssumeRole%'\n  AND (${ours}\n    OR ${circleCi("useridentity.principalid")}\n    OR (eventname = 'AssumeRoleWithWebIdentity' AND useridentity.username LIKE 'org/%/project/%'))`,
    ),
    select(
      {
        kind: "'called'",
        role: `useridentity.${issuer}`,
        session: "coalesce(useridentity.accesskeyid, '')",
        source: "eventsource",
        name: "eventname",
        denied:
          "CASE WHEN regexp_like(coalesce(errorcode, ''), 'AccessDenied|UnauthorizedOperation|NotAuthorized|^Forbidden') THEN 'true' ELSE 'false' END",
      },
      `${from}\n  AND useridentity.type = 'AssumedRole' AND eventtype = 'AwsApiCall'\n  AND (${ROLE_KEY(`useridentity.${issuer}`)} IN (${inList(roles)})\n    OR ${circleCi("useridentity.sessioncontext.webidfederationdata.federatedprovider")})`,
    ),
    select(
      {
        kind: "'examined'",
        account: "recipientaccountid",
        region: "awsregion",
        category: "coalesce(eventcategory, '')",
        read_only: "coalesce(readonly, '')",
        times: "count(*)",
      },
      from,
    ),
  ].join("\nUNION ALL\n");
}

/** `arn:aws:iam::123456789012:role/path/name` → `123456789012/name`. */
const ROLE_KEY = (column: string): string =>
  `regexp_replace(${column}, '^arn:[^:]*:iam::([0-9]+):role/(.*/)?([^/]+)$', '$1/$3')`;

type Selected = Partial<Record<Column, string>>;

/** An event that the table has twice counts once. */
const TIMES: Selected = {
  times: "count(DISTINCT eventid)",
  first_time: "min(eventtime)",
  last_time: "max(eventtime)",
};

function select(columns: Selected, from: string): string {
  const all: Selected = { ...TIMES, ...columns };
  const lines = COLUMNS.map((column) => `  ${all[column] ?? "''"} AS "${column}"`);
  const grouped = COLUMNS.flatMap((column, at) => (column in TIMES ? [] : [at + 1]));
  return `SELECT\n${lines.join(",\n")}\n${from}\nGROUP BY ${grouped.join(", ")}`;
}

function inList(texts: readonly string[]): string {
  return texts.length === 0 ? "''" : texts.map(literal).join(", ");
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
