import { z } from "zod";
import { ProjectError } from "../errors";
import { parseJson } from "../iam/language/parse-json";
import type { Claims } from "../token/claims";

const claims = z.object({
  iss: z.string().regex(/^https:\/\/[^\s?#]+$/),
  aud: z.union([z.string(), z.array(z.string()).nonempty()]).optional(),
  sub: z.string().optional(),
  "oidc.circleci.com/project-id": z.string().optional(),
});

const JWT = /^[\w-]+\.([\w-]+)\.[\w-]*$/;

/**
 * The claims of a token: a JWT, whose signature is not checked, or its claims as JSON. AWS
 * evaluates no other claims.
 * @throws ProjectError `token-not-read` (exit 2), without any part of the token, which may still be
 * valid
 */
export function readToken(text: string): Claims {
  const payload = JWT.exec(text.trim())?.[1];
  const found = claims.safeParse(read(payload === undefined ? text : decode(payload)));
  if (!found.success) {
    const [issue] = found.error.issues;
    throw notAToken(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`.replace(/^: /, ""));
  }
  const { iss, aud, sub, "oidc.circleci.com/project-id": project } = found.data;
  return {
    iss,
    ...(aud === undefined ? {} : { aud }),
    ...(sub === undefined ? {} : { sub }),
    ...(project === undefined ? {} : { "oidc.circleci.com/project-id": project }),
  };
}

function decode(payload: string): string {
  return Buffer.from(payload, "base64url").toString("utf8");
}

function read(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    throw notAToken("neither a JWT (three parts separated by dots) nor JSON");
  }
}

function notAToken(why: string): ProjectError {
  return new ProjectError({
    code: "token-not-read",
    message: `the input is not a token: ${why}`,
    fix: 'pass a JWT such as $CIRCLE_OIDC_TOKEN_V2, or its claims as JSON: {"iss": "https://oidc.circleci.com/org/…", "aud": "…", "sub": "…"}',
    exitCode: 2,
  });
}
