import { remembered } from "../../collections/remembered";
import { COMPARISONS, type Comparison } from "./examined";
import type { Grant } from "./grant-attributes";
import type { Coverage } from "./kinds";
import { OTHER_PROVIDERS } from "./other-providers";
import table from "./resource-types.json";

/** The registry's host differs: Terraform's own, OpenTofu's, or a mirror. */
const AWS = /(^|\/)hashicorp\/aws$/;

const BY_TYPE: ReadonlyMap<string, Coverage> = readTable();

const UNKNOWN: Coverage = { verdict: "not-examined" };

/**
 * What a review knows of a resource type. A type that the table does not know is not examined, and
 * neither is one of another provider that has the same name.
 * @param type such as `aws_sqs_queue`
 * @param provider its address, such as `registry.terraform.io/hashicorp/aws`; undefined: the plan
 * does not say
 */
export function coverageOf(type: string, provider?: string): Coverage {
  const isAws = type.startsWith("aws_");
  if (provider !== undefined && (isAws ? !AWS.test(provider) : !isOfficial(provider))) return UNKNOWN;
  return (isAws ? BY_TYPE : OTHER_PROVIDERS).get(type) ?? UNKNOWN;
}

/** HashiCorp's own providers, and what is built into Terraform. */
function isOfficial(provider: string): boolean {
  return /(^|\/)(hashicorp\/[a-z]+|terraform\.io\/builtin\/terraform)$/.test(provider);
}

function readTable(): ReadonlyMap<string, Coverage> {
  const byType = new Map<string, Coverage>();
  const only: Readonly<Record<string, readonly string[]>> = table.byArguments;
  for (const [why, types] of Object.entries<readonly string[]>(table.noAccess))
    for (const type of types) byType.set(type, { verdict: "no-access", why });
  for (const [why, types] of Object.entries<readonly string[]>(table.notExamined))
    for (const type of types) {
      const by = only[type];
      byType.set(type, { verdict: "not-examined", why, ...(by === undefined ? {} : { by }) });
    }
  const examined = new Map<string, Comparison[]>();
  const known: Readonly<Record<string, readonly string[]>> = table.examined;
  for (const comparison of COMPARISONS)
    for (const type of known[comparison] ?? [])
      remembered<string, Comparison[]>(examined, type, () => []).push(comparison);
  for (const [type, by] of examined) byType.set(type, { verdict: "examined", by, besides: only[type] ?? [] });
  return byType;
}

/**
 * Arguments of a resource type that can grant access, by the rules of grant-attributes.ts: paths
 * such as `statement.principal`.
 */
export function argumentsOf(kind: Grant, type: string): readonly string[] {
  const byType: Readonly<Record<string, string>> = table.arguments[kind];
  return byType[type]?.split(" ") ?? [];
}
