import type { GrantedRefs, RefPattern } from "../config/model/model";
import { patternText } from "../config/model/ref-pattern";
import { ProjectError } from "../errors";

/**
 * The refs from which a job may run as one of CircleCI's filter expressions ("Filter a job with an
 * expression", CircleCI docs, Branch and tag filtering; maps of `branches` and `tags` are
 * deprecated).
 * @param withTags whether another role of the project has tags: then a job for any ref has to run
 * for tags as well, since a job that is filtered out takes those that require it along
 * @returns undefined: no filter, the job runs on every branch
 * @throws ProjectError `ref-not-expressible` (exit 2)
 */
export function refFilter(refs: GrantedRefs, withTags: boolean): string | undefined {
  if (refs.kind === "any")
    return withTags ? 'pipeline.git.branch != "" or pipeline.git.tag != ""' : undefined;
  const branches = refs.branches.map((pattern) => comparison("pipeline.git.branch", pattern));
  const tags = refs.tags.map((pattern) => comparison("pipeline.git.tag", pattern));
  return [...branches, ...tags].join(" or ");
}

/**
 * The same for refs without those of another role; `any` means every branch here, and no tag.
 * @param others undefined: there are none
 * @returns what a job's start says of filters; undefined: no ref is left
 * @throws ProjectError `ref-not-expressible` (exit 2)
 */
export function refFilterWithout(
  refs: GrantedRefs,
  others: GrantedRefs | undefined,
): { readonly filters?: string } | undefined {
  if (others?.kind === "any") return undefined;
  const { branches, tags } = others ?? { branches: [], tags: [] };
  if (refs.kind === "any") {
    const without = branches.map((pattern) => exclusion("pipeline.git.branch", pattern));
    return without.length === 0 ? {} : { filters: ['pipeline.git.branch != ""', ...without].join(" and ") };
  }
  const terms = [
    ...termsWithout("pipeline.git.branch", refs.branches, branches),
    ...termsWithout("pipeline.git.tag", refs.tags, tags),
  ];
  return terms.length === 0 ? undefined : { filters: terms.join(" or ") };
}

function termsWithout(
  value: string,
  patterns: readonly RefPattern[],
  others: readonly RefPattern[],
): readonly string[] {
  return patterns
    .filter((one) => !others.some((other) => includes(other, one)))
    .map((one) => {
      const within = others.filter((other) => includes(one, other));
      return [comparison(value, one), ...within.map((other) => exclusion(value, other))].join(" and ");
    });
}

/**
 * The refs from which a job without a filter for tags runs: `any` means every branch, and no tag.
 */
export function branchesOf(refs: GrantedRefs): GrantedRefs {
  if (refs.kind === "any") return { kind: "listed", branches: [{ kind: "prefix", prefix: "" }], tags: [] };
  return refs;
}

/**
 * CircleCI's expressions have `not`, which binds a comparison in parentheses (CircleCI docs,
 * "Expressions in your configuration").
 */
function exclusion(value: string, pattern: RefPattern): string {
  return pattern.kind === "exact"
    ? `${value} != ${literal(pattern.name)}`
    : `not (${comparison(value, pattern)})`;
}

function comparison(value: string, pattern: RefPattern): string {
  return pattern.kind === "exact"
    ? `${value} == ${literal(pattern.name)}`
    : `${value} starts-with ${literal(pattern.prefix)}`;
}

/**
 * CircleCI documents no way to write a quote inside a text, and takes `<<` for the beginning of a
 * value.
 */
function literal(name: string): string {
  if (!name.includes('"') && !name.includes("<<")) return `"${name}"`;
  throw new ProjectError({
    code: "ref-not-expressible",
    message: `the ref ${JSON.stringify(name)} cannot be written in one of CircleCI's filter expressions`,
    found: name,
    fix: "give the branch or tag a name without quotes and <<",
    exitCode: 2,
  });
}

/** Whether a job for the wider refs runs wherever one for the narrower runs. */
export function covers(wider: GrantedRefs, narrower: GrantedRefs): boolean {
  return firstUncovered(wider, narrower) === undefined;
}

/**
 * A ref of the narrower list on which a job for the wider one does not run, as people write it:
 * `main`, `release/*`, `tag v*`, `any ref`. Undefined: it runs on all of them.
 */
export function firstUncovered(wider: GrantedRefs, narrower: GrantedRefs): string | undefined {
  if (wider.kind === "any") return undefined;
  if (narrower.kind === "any") return "any ref";
  const without = (all: readonly RefPattern[], some: readonly RefPattern[]): RefPattern | undefined =>
    some.find((one) => !all.some((each) => includes(each, one)));
  const branch = without(wider.branches, narrower.branches);
  if (branch !== undefined) return patternText(branch);
  const tag = without(wider.tags, narrower.tags);
  return tag === undefined ? undefined : `tag ${patternText(tag)}`;
}

/** Whether all names of the narrower pattern are names of the wider one. */
export function includes(wider: RefPattern, narrower: RefPattern): boolean {
  if (wider.kind === "exact") return narrower.kind === "exact" && narrower.name === wider.name;
  const begins = narrower.kind === "exact" ? narrower.name : narrower.prefix;
  return begins.startsWith(wider.prefix);
}
