import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type Issuer, issuerOrigin, issuerUrl } from "../../../lib/token/issuer";
import { closeServer, listenOnLoopback } from "../http/listen";
import { isLoopbackName, rejectionOf } from "../http/reject-browsers";
import type { Issuers } from "./issuers";
import { type TokenRequest, tokenRequestSchema } from "./token-request";

const WELL_KNOWN = /^\/org\/([0-9a-f-]{36})\/\.well-known\/(openid-configuration|jwks-pub\.json)$/;
const MAX_BODY_BYTES = 64 * 1_024;

interface CircleCiServer {
  /** Replaces `https://oidc.circleci.com`. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

interface CircleCiServerOptions {
  readonly issuers: Issuers;
  readonly mint: (request: TokenRequest) => Promise<string>;
}

/**
 * Serves what CircleCI publishes for each organization: `<issuer>/.well-known/openid-configuration`
 * and `jwks-pub.json` (CircleCI docs, "OIDC tokens in jobs"). `POST /token` exists only here: it
 * takes the JSON of a job and responds with `{"token"}`.
 */
export async function serveCircleCi(options: CircleCiServerOptions): Promise<CircleCiServer> {
  const server = createServer((request, response) => {
    answer(options, request, response).catch((error: unknown) => {
      send(response, 500, { message: error instanceof Error ? error.message : String(error) });
    });
  });
  const url = await listenOnLoopback(server);
  return { url, stop: () => closeServer(server) };
}

async function answer(
  { issuers, mint }: CircleCiServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const rejection = rejectionOf(request, isLoopbackName);
  if (rejection !== undefined) return send(response, 403, { message: rejection });
  const [path = "", query = ""] = (request.url ?? "").split("?");
  const server = new URLSearchParams(query).get("server");
  const [, organization = "", document] = WELL_KNOWN.exec(path) ?? [];
  if (document !== undefined && request.method === "GET") {
    const keys = await issuers.published(organization);
    if (keys === undefined) return send(response, 404, { message: "no such organization" });
    return send(
      response,
      200,
      document === "jwks-pub.json"
        ? { keys }
        : discovery({ organization, ...(server === null ? {} : { server }) }),
    );
  }
  if (path !== "/token" || request.method !== "POST") return send(response, 404, { message: "not found" });
  // A page in a browser without Fetch Metadata headers cannot send this type without a preflight
  // request, which is rejected.
  if (!/^application\/json\b/i.test(request.headers["content-type"] ?? ""))
    return send(response, 415, { message: "send application/json" });
  const body = await read(request);
  const parsed = tokenRequestSchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join(".") || "the request";
    return send(response, 400, { message: `${where}: ${issue?.message ?? "is invalid"}` });
  }
  send(response, 200, { token: await mint(parsed.data) });
}

/** OpenID Connect Discovery 1.0, section 3: the part that a verifier of tokens needs. */
function discovery(of: Issuer): object {
  const issuer = issuerUrl(of);
  return {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks-pub.json`,
    authorization_endpoint: `${issuerOrigin(of)}/`,
    response_types_supported: ["id_token"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    claims_supported: ["aud", "sub", "iss", "iat", "exp"],
  };
}

async function read(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size <= MAX_BODY_BYTES) parts.push(part);
  }
  try {
    return size > MAX_BODY_BYTES ? undefined : JSON.parse(Buffer.concat(parts).toString("utf8"));
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent || response.destroyed) return;
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(text),
  });
  response.end(text);
}
