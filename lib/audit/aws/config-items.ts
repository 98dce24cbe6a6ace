import { isJsonList, isJsonObject, type Json, type JsonObject } from "../../iam/language/json";
import { atIndex, atKey } from "../../iam/language/json-path";
import { parseJson } from "../../iam/language/parse-json";
import type { JsonPath } from "../../iam/language/policy";
import { isNotRead } from "../../iam/language/read-policy";
import { type AuditedRole, type Found, readTrust, textOf } from "../found/audited-role";
import { incompleteIn } from "./listings";
import { unreadableRole } from "./roles";

const LISTS = ["configurationItems", "baseConfigurationItems", "Results"] as const;

/**
 * Roles of AWS Config: of `get-resource-config-history`, `batch-get-resource-config`,
 * `select-resource-config`, of a snapshot, and of one item (AWS Config API Reference,
 * "ConfigurationItem"). Its `configuration` is JSON in a text, and the trust policy in it is
 * percent-encoded. Only the latest item of a history is in force. Undefined: the value is none
 * of them.
 */
export function readConfigItems(value: JsonObject, file: string): Found | undefined {
  if (isItem(value)) return { roles: rolesOf([{ item: value, path: "" }], file) };
  const name = LISTS.find((one) => Array.isArray(value[one]));
  const list = name === undefined ? undefined : value[name];
  if (name === undefined || list === undefined || !isJsonList(list)) return undefined;
  const items = list.map((one, index) => ({ item: itemIn(one), path: atIndex(name, index) }));
  if (name === "Results" && !items.some(({ item }) => isItem(item))) return undefined;
  return { roles: rolesOf(items, file), ...incompleteIn(value) };
}

interface Placed {
  readonly item: JsonObject | undefined;
  readonly path: JsonPath;
}

function rolesOf(items: readonly Placed[], file: string): readonly AuditedRole[] {
  return items.filter((one) => isInForce(one, items)).flatMap((one) => roleOf(one, file));
}

/** Results of a query are objects in texts. */
function itemIn(value: Json): JsonObject | undefined {
  const read = typeof value === "string" ? textAsJson(value) : value;
  return isJsonObject(read) ? read : undefined;
}

function isItem(value: JsonObject | undefined): boolean {
  return value !== undefined && Object.hasOwn(value, "configuration");
}

/** Items of other types are skipped; an item without a type may be a role. */
function roleOf({ item, path }: Placed, file: string): readonly AuditedRole[] {
  if (item === undefined) return [unreadableRole(file, path)];
  const { resourceType: type, resourceName, configurationItemStatus: status } = item;
  if (typeof type === "string" && type !== "AWS::IAM::Role") return [];
  if (typeof status === "string" && status.startsWith("ResourceDeleted")) return [];
  const inner = itemIn(item.configuration ?? null);
  const place = atKey(atKey(path, "configuration"), "assumeRolePolicyDocument");
  const name = textOf(resourceName, textOf(inner?.roleName, path === "" ? file : `${file} ${path}`));
  return [{ name, file, path: place, ...readTrust(inner?.assumeRolePolicyDocument, place) }];
}

/** Whether no later item is about the same resource. */
function isInForce({ item }: Placed, items: readonly Placed[]): boolean {
  const own = identityOf(item);
  const [at, ...others] = [item, ...items.map((one) => one.item)].map(timeOf);
  if (own === undefined || at === undefined) return true;
  return !items.some((one, index) => {
    const later = others[index];
    return identityOf(one.item) === own && later !== undefined && later > at;
  });
}

function identityOf(item: JsonObject | undefined): string | undefined {
  const { resourceId: id, accountId: account = "" } = item ?? {};
  return typeof id === "string" ? JSON.stringify([id, account]) : undefined;
}

/** Milliseconds; the API writes a date or seconds. */
function timeOf(item: JsonObject | undefined): number | undefined {
  const { configurationItemCaptureTime: time } = item ?? {};
  if (typeof time === "number") return time * 1_000;
  const read = typeof time === "string" ? Date.parse(time) : Number.NaN;
  return Number.isNaN(read) ? undefined : read;
}

function textAsJson(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch (error) {
    if (!isNotRead(error)) throw error;
    return undefined;
  }
}
