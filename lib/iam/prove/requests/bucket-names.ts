import type { Patterns, Policy, Value } from "../../language/policy";
import type { PermissionsComparison } from "./request-counterexample";

/** The ARN of a bucket or of an object begins with it. */
const BUCKETS = "arn:aws:s3:::";
/** A name as S3 takes it today, and what follows it. */
const NAMED = /^([a-z0-9][a-z0-9.-]*)(\/.*)?$/s;

/** Policies apart from the names of the buckets that their resources are in. */
export interface Shape {
  /** Equal texts: the same policies, but for names of the same lengths, in the same order. */
  readonly key: string;
  /** The names, each once, sorted. */
  readonly names: readonly string[];
}

interface Template {
  readonly text: string;
  readonly names: readonly string[];
}

const TEMPLATES = new WeakMap<Policy, Template | "none">();

/**
 * What a comparison of policies depends on, as a text: docs/trust-proof.md, "One comparison for
 * each shape", has the argument.
 * @param besides all else that it depends on
 * @returns undefined: nothing is known to compare in the same way
 */
export function shapeOf(policies: readonly (readonly Policy[])[], besides: unknown): Shape | undefined {
  const templates: (readonly Template[])[] = [];
  for (const group of policies) {
    const found: Template[] = [];
    for (const policy of group) {
      const template = TEMPLATES.get(policy) ?? templateOf(policy) ?? "none";
      TEMPLATES.set(policy, template);
      if (template === "none") return undefined;
      found.push(template);
    }
    templates.push(found);
  }
  const names = [...new Set(templates.flat().flatMap((one) => one.names))].sort();
  const numbered = templates.map((group) =>
    group.map((one) => [one.text, one.names.map((name) => names.indexOf(name))]),
  );
  return { key: JSON.stringify([besides, names.map(({ length }) => length), numbered]), names };
}

/** The same comparison of policies that have other names. */
export function renamed(
  found: PermissionsComparison,
  from: readonly string[],
  to: readonly string[],
): PermissionsComparison {
  const swapped = swapOf(from, to);
  const { gained, lost } = found;
  return {
    ...found,
    ...(gained === undefined ? {} : { gained: { ...gained, resource: inOther(gained.resource, swapped) } }),
    ...(lost === undefined ? {} : { lost: { ...lost, resource: inOther(lost.resource, swapped) } }),
  };
}

/** Each name to that in its place, and those that are left over the other way round. */
function swapOf(from: readonly string[], to: readonly string[]): ReadonlyMap<string, string> {
  const swapped = new Map(from.map((name, at) => [name, to[at] ?? name]));
  const free = from.filter((name) => !to.includes(name));
  for (const name of to) if (!from.includes(name)) swapped.set(name, free.pop() ?? name);
  return swapped;
}

function inOther(resource: string, swapped: ReadonlyMap<string, string>): string {
  if (!resource.startsWith(BUCKETS)) return resource;
  const [name = "", ...path] = resource.slice(BUCKETS.length).split("/");
  return BUCKETS + [swapped.get(name) ?? name, ...path].join("/");
}

function templateOf({ version, statements }: Policy): Template | undefined {
  const names = new Set<string>();
  const read: unknown[] = [];
  for (const { resources, ...statement } of statements) {
    const found = resources === undefined ? [] : withoutNames(resources, names);
    if (found === undefined) return undefined;
    read.push([statement, resources?.path, resources?.negated, found]);
  }
  const sorted = [...names].sort();
  const text = JSON.stringify([version, read], (_, value: unknown) =>
    value instanceof Named ? [sorted.indexOf(value.name), value.rest] : value,
  );
  return { text, names: sorted };
}

/** A resource of a bucket with a name: what follows the name, as it is written. */
class Named {
  constructor(
    readonly name: string,
    readonly rest: unknown,
  ) {}
}

function withoutNames({ values }: Patterns, names: Set<string>): readonly unknown[] | undefined {
  const found: unknown[] = [];
  for (const value of values) {
    const one = withoutName(value);
    if (one === undefined) return undefined;
    if (one instanceof Named) names.add(one.name);
    found.push(one);
  }
  return found;
}

/** As it is written, if names of buckets make no difference to what it matches. */
function withoutName(value: Value): unknown {
  const { pieces, path } = value;
  if (pieces.some(({ kind }) => kind === "variable")) return undefined;
  const [first, ...others] = pieces;
  const head = first?.kind === "literal" ? first.text : "";
  const isLiteral = first?.kind === "literal" && others.length === 0;
  if (head.startsWith(BUCKETS) && head !== BUCKETS) {
    const [, name, after] = NAMED.exec(head.slice(BUCKETS.length)) ?? [];
    if (name === undefined || (after === undefined && !isLiteral)) return undefined;
    return new Named(name, [path, after ?? "", others]);
  }
  // It matches one text, which is no bucket, or texts that begin otherwise.
  if (isLiteral || !BUCKETS.startsWith(head)) return value;
  return matchesAnyName(value) ? value : undefined;
}

/** `*`, and any bucket by its name, with the same path. */
function matchesAnyName({ pieces }: Value): boolean {
  const rest = pieces[0]?.kind === "literal" ? pieces.slice(1) : pieces;
  const isOfBuckets = pieces[0]?.kind === "literal" && pieces[0].text === BUCKETS;
  if (rest[0]?.kind !== "any-run") return false;
  if (rest.length === 1) return isOfBuckets || pieces.length === 1;
  return isOfBuckets && rest[1]?.kind === "literal" && rest[1].text.startsWith("/");
}
