import type { Access, AnyProject } from "../../config/model/model";
import { hasOrganization, projectWithIds } from "../../config/model/organizations";
import { describeOrigin, describeOtherOrigins, WITHOUT_ORIGIN } from "../../describe/origin";
import { joinPhrases, type Phrase, quoted } from "../../describe/phrase";
import { describeRef, describeRefPattern } from "../../describe/ref";
import type { NamedRefs } from "../../iam/audit/core/named-refs";
import type { TokenKind } from "../../iam/prove/tokens/difference";
import {
  anyJob,
  fromOrigin,
  fromRef,
  ofOrganization,
  ofProject,
  withoutSource,
} from "../../iam/prove/tokens/subject-kinds";
import type { Subject } from "../../token/parse-subject";
import type { VersionControl } from "../../token/subject";

/**
 * Where tokens come from, as a report distinguishes places: project, repository, branch or tag, for
 * any person who starts the job.
 */
export interface TokenSource {
  /** All tokens from there. */
  readonly kind: TokenKind;
  readonly project?: AnyProject;
  /**
   * What to say of it. @param isWhole all tokens from there are meant, and not only some, such as
   * the one that was found
   */
  phrase(isWhole: boolean): Phrase;
  /** The same as an extent, without examples and without the project's own repository. */
  extent(isWhole: boolean): Phrase;
}

/** The claims by which places are distinguished. */
export interface KnownSources {
  readonly access: Access | undefined;
  readonly refs: readonly NamedRefs[];
  /** Beside the repositories of the file. */
  readonly origins: readonly string[];
}

type Job = Extract<Subject, { kind: "job" }>;

/** The place that a job's token comes from. */
export function tokenSourceOf({ job, source }: Job, map: KnownSources): TokenSource {
  const isForeign = map.access !== undefined && !hasOrganization(map.access, job.organization);
  const project = map.access === undefined ? undefined : projectWithIds(map.access, job);
  const parts = [
    isForeign ? foreignOrganization(job.organization) : projectPart(job.project, project, map),
    ...(source === undefined ? [withoutRef] : [refPart(source, map), originPart(source, project, map)]),
  ];
  const isOwn = project !== undefined && source !== undefined && source.origin === project.repository;
  const isUnique =
    map.access?.projects.filter(({ repository }) => repository === source?.origin).length === 1;
  const [where, ...rest] = parts;
  return {
    kind: {
      like: [anyJob, ...parts.flatMap(({ kind }) => kind.like)],
      unlike: parts.flatMap(({ kind }) => kind.unlike ?? []),
    },
    ...(project === undefined ? {} : { project }),
    phrase: (isWhole) => {
      const source = joinPhrases(
        rest.map((part) => part.phrase(isWhole)),
        " ",
      );
      // Its own repository says which project it is.
      const project = where === undefined || (isOwn && isUnique) ? [] : [where.phrase(isWhole)];
      return joinPhrases([source, ...project], ", ");
    },
    extent: (isWhole) => {
      const project = where === undefined || (isOwn && isUnique) ? [] : [where.extent(isWhole)];
      const parts = [...rest.map((part) => part.extent(isWhole)), ...project];
      return joinPhrases(
        parts.filter(({ length }) => length > 0),
        " ",
      );
    },
  };
}

interface Part {
  readonly kind: TokenKind;
  phrase(isWhole: boolean): Phrase;
  extent(isWhole: boolean): Phrase;
}

function foreignOrganization(id: string): Part {
  return {
    kind: { like: [ofOrganization(id)] },
    phrase: () => ["in another organization, ", quoted(id)],
    extent: () => ["in another organization"],
  };
}

function projectPart(id: string, project: AnyProject | undefined, { access }: KnownSources): Part {
  const known = project?.key ?? (access === undefined ? id : undefined);
  if (known !== undefined) {
    const phrase = (): Phrase => ["in project ", quoted(known)];
    return { kind: { like: [ofProject(id)] }, phrase, extent: phrase };
  }
  return {
    kind: {
      like: [],
      unlike: (access?.projects ?? []).flatMap(({ id: own }) => (own === undefined ? [] : [ofProject(own)])),
    },
    phrase: (isWhole) =>
      isWhole
        ? ["in any project that is not in access.yaml"]
        : ["in a project that is not in access.yaml, such as ", quoted(id)],
    extent: (isWhole) => [`in ${isWhole ? "any" : "a"} project that is not in access.yaml`],
  };
}

/**
 * Every job has such a token, V1, whosever code it runs; of a custom webhook's job both are such
 * tokens.
 */
const withoutRef: Part = {
  kind: { like: [withoutSource] },
  phrase: () => [`with ${WITHOUT_ORIGIN.en}, which jobs of forks also have`],
  extent: () => [`with ${WITHOUT_ORIGIN.en}`],
};

function originPart({ origin }: VersionControl, project: AnyProject | undefined, map: KnownSources): Part {
  const own = project?.repository;
  const named = [...new Set([...(own === undefined ? [] : [own]), ...map.origins])];
  if (named.includes(origin)) {
    return {
      kind: { like: [fromOrigin(origin)] },
      phrase: () => ["of ", ...describeOrigin(origin, own)],
      extent: () => (origin === own ? [] : ["of ", quoted(origin)]),
    };
  }
  return {
    kind: { like: [], unlike: [withoutSource, ...named.map(fromOrigin)] },
    phrase: (isWhole) => ["of ", ...describeOtherOrigins(own !== undefined, isWhole ? undefined : origin)],
    extent: () => ["of ", ...describeOtherOrigins(own !== undefined)],
  };
}

function refPart({ ref }: VersionControl, { refs }: KnownSources): Part {
  const named = refs.find((one) => one.matches(ref));
  if (named !== undefined) {
    return {
      kind: { like: [fromRef(named.fragment)] },
      phrase: (isWhole) =>
        !named.isPattern || isWhole
          ? ["from ", ...(named.isPattern ? describeRefPattern(named.text) : describeRef(named.text))]
          : ["from branches or tags such as ", ...describeRef(ref)],
      extent: (isWhole) => {
        const refs = named.isPattern ? describeRefPattern(named.text) : describeRef(named.text);
        if (!named.isPattern || isWhole) return refs;
        return refs.every((part) => typeof part === "string") ? ["some refs"] : ["some of ", ...refs];
      },
    };
  }
  return {
    kind: { like: [], unlike: [withoutSource, ...refs.map(({ fragment }) => fromRef(fragment))] },
    phrase: (isWhole) =>
      isWhole
        ? [refs.length === 0 ? "from any ref" : "from any other ref"]
        : ["from other branches or tags, such as ", ...describeRef(ref)],
    extent: (isWhole) => [
      isWhole ? (refs.length === 0 ? "any ref" : "any other ref") : "other branches or tags",
    ],
  };
}
