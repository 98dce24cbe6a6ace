import { isCloudIssuer, issuerHost, issuerOf } from "../token/issuer";
import { GITHUB_ISSUER } from "./other-subjects";
import { type Phrase, quoted } from "./phrase";

/** An organization of access.yaml. */
interface NamedOrganization {
  readonly id: string;
  readonly server?: string;
  /** Its name in `organizations`. Undefined: the file has one, without a name. */
  readonly key?: string;
}

/**
 * Whose tokens an OIDC provider takes: CircleCI organization `acme`; the CircleCI organization of
 * `access.yaml`; GitHub Actions; `oidc.example.com`.
 * @param host the provider's URL, without its scheme
 * @param organizations of access.yaml. Undefined: there is no such file
 */
export function describeIssuer(
  host: string,
  organizations: readonly NamedOrganization[] | undefined,
): Phrase {
  const own = organizations?.find((one) => issuerHost(issuerOf(one)) === host.toLowerCase());
  if (own !== undefined)
    return own.key === undefined
      ? ["the CircleCI organization of ", quoted("access.yaml")]
      : [CIRCLECI, quoted(own.key)];
  if (`https://${host}` === GITHUB_ISSUER) return ["GitHub Actions"];
  if (host === "gitlab.com") return ["GitLab CI"];
  if (host === "app.terraform.io") return ["HCP Terraform"];
  if (!isCloudIssuer(host)) return [quoted(host)];
  const [, id] = /\/org\/([^/]+)$/.exec(host) ?? [];
  // Every organization can get tokens of the issuer that they share.
  if (id === undefined) return ["every CircleCI organization (", quoted(host), ")"];
  return [organizations === undefined ? CIRCLECI : ANOTHER, quoted(id)];
}

/**
 * CircleCI's OIDC provider, of the one organization of access.yaml; else the OIDC provider of some
 * issuer.
 */
export function describeProvider(
  host: string,
  organizations: readonly NamedOrganization[] | undefined,
): Phrase {
  const isOnly = organizations?.some(
    (one) => one.key === undefined && issuerHost(issuerOf(one)) === host.toLowerCase(),
  );
  if (isOnly === true) return ["CircleCI's OIDC provider"];
  return ["the OIDC provider of ", ...describeIssuer(host, organizations)];
}

const CIRCLECI = "CircleCI organization ";
const ANOTHER = "another CircleCI organization, ";

/** The same without the id of an organization, for a headline. */
export function withoutOrganizationIds(phrase: Phrase): Phrase {
  return phrase.flatMap((part, at): Phrase => {
    const [before, next] = [phrase[at - 1], phrase[at + 1]];
    if (typeof part !== "string") return isOrganizationId(part) && isNaming(before) ? [] : [part];
    if (!isOrganizationId(next) || !isNaming(part)) return [part];
    return [
      part.endsWith(ANOTHER)
        ? part.slice(0, -", ".length)
        : part.replace(/CircleCI organization $/, "a $&").trimEnd(),
    ];
  });
}

function isOrganizationId(part: Phrase[number] | undefined): boolean {
  return typeof part === "object" && /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(part.quoted);
}

function isNaming(part: Phrase[number] | undefined): boolean {
  return typeof part === "string" && (part.endsWith(CIRCLECI) || part.endsWith(ANOTHER));
}
