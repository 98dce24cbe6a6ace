import { randomUUID } from "node:crypto";
import type { Claims } from "../../../lib/token/claims";
import { issuerUrl } from "../../../lib/token/issuer";
import { printV1Subject, printV2Subject } from "../../../lib/token/subject";
import type { TokenRequest } from "./token-request";

/** Validity of a token in seconds (CircleCI docs, "OIDC tokens in jobs", Aug 2026). */
export const TOKEN_SECONDS = 3_600;

const PREFIX = "oidc.circleci.com";

/** All claims of a token. */
export type TokenClaims = Claims & {
  readonly iss: string;
  readonly aud: string | readonly string[];
  readonly sub: string;
  /** Seconds since 1970. */
  readonly iat: number;
  readonly exp: number;
  readonly [claim: string]: unknown;
};

/**
 * All claims that CircleCI documents for a job ("OIDC tokens in jobs", "Format of the OpenID
 * Connect ID token").
 * @param now milliseconds since 1970
 */
export function jobClaims(request: TokenRequest, now: number): TokenClaims {
  const { organization, project, user, source, version = 2 } = request;
  const job = { organization, project, user };
  const iat = Math.floor(now / 1_000);
  return {
    iss: issuerUrl(request),
    sub: version === 1 || source === undefined ? printV1Subject(job) : printV2Subject(job, source),
    aud: request.audience ?? organization,
    iat,
    exp: iat + TOKEN_SECONDS,
    [`${PREFIX}/project-id`]: project,
    [`${PREFIX}/org-id`]: organization,
    [`${PREFIX}/job-id`]: request.job ?? randomUUID(),
    [`${PREFIX}/workflow-id`]: request.workflow ?? randomUUID(),
    [`${PREFIX}/pipeline-id`]: request.pipeline ?? randomUUID(),
    [`${PREFIX}/pipeline-definition-id`]: request.pipelineDefinition ?? randomUUID(),
    [`${PREFIX}/context-ids`]: request.contexts ?? [],
    [`${PREFIX}/ssh-rerun`]: request.sshRerun ?? false,
    ...(source === undefined
      ? {}
      : { [`${PREFIX}/vcs-origin`]: source.origin, [`${PREFIX}/vcs-ref`]: source.ref }),
  };
}
