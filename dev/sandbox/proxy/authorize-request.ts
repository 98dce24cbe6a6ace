import { createHash } from "node:crypto";
import { ProjectError } from "../../../lib/errors";
import { authenticate } from "../authenticate/authenticate";
import { isAdministrator, readCredentials } from "../authenticate/credentials";
import { type Authorized, authorizeS3 } from "../authorize/authorize-s3";
import { authorizeSession, type SessionAuthorization } from "../authorize/authorize-session";
import { type ContextKeys, globalContextKeys } from "../authorize/context-keys";
import { logRefusal } from "../authorize/decision-log";
import { rewriteBody } from "../authorize/rewrite";
import { s3ContextKeys } from "../authorize/s3-context-keys";
import { type AwsFault, sendFault, unavailable } from "../protocol/aws-fault";
import type { AuthorizeRequest, Exchange } from "../protocol/exchange";
import { readQueryForm } from "../protocol/query-form";
import { readSmallBody } from "../protocol/small-body";
import type { StsDependencies } from "../sts/assume-role";
import { answerAssumeRole, answerSessionCall } from "../sts/sts-calls";

/** Maximum size of a form, in bytes: a token of 20,000 characters fits in it. */
const MAX_FORM_BYTES = 1_024 * 1_024;

type RequestAuthorization = StsDependencies &
  SessionAuthorization & {
    /** See `authenticate`. */
    readonly signersNow?: () => number;
  };

/** Passes the administrator's requests, authorizes all others, and answers STS calls. */
export function authorizeRequests(dependencies: RequestAuthorization): AuthorizeRequest {
  return async (exchange) => {
    const outcome = await authorizeCall(exchange, dependencies).catch((error: unknown) =>
      undecided(exchange, error),
    );
    if (outcome === "answered") return undefined;
    if (!("code" in outcome)) return outcome;
    exchange.request.resume();
    // A client that waits for `100 Continue` may or may not send its body, so the connection cannot
    // be reused.
    if (exchange.expectsContinue) exchange.response.setHeader("Connection", "close");
    sendFault(exchange.response, exchange.call.service, outcome);
    return undefined;
  };
}

/** Denies a call when moto does not answer a lookup, or when its answer cannot be parsed. */
function undecided({ moto }: Exchange, error: unknown): AwsFault {
  if (error instanceof ProjectError) {
    const message = `the sandbox cannot parse a policy that applies to this call: ${error.message}`;
    return { status: 403, code: "AccessDenied", message };
  }
  return unavailable(moto.ended() ?? (error instanceof Error ? error.message : String(error)));
}

async function authorizeCall(exchange: Exchange, dependencies: RequestAuthorization): Promise<Authorized> {
  const { call, request } = exchange;
  const { service, query } = call;
  const credentials = readCredentials(request, query);
  const isSts = service === "sts" || service === "unsigned-form";
  // The action is part of a form's body. All other bodies of the administrator stay streams.
  const reads = isSts || (isForm(service) && !isAdministrator(credentials));
  const body = reads ? await readSmallBody(exchange, MAX_FORM_BYTES).catch(() => undefined) : Buffer.alloc(0);
  if (body === undefined) return "answered";
  if (body === "tooLarge") return TOO_LARGE;
  if (!Buffer.isBuffer(body)) return body;
  if (isSts || (call.path === "/" && query.has("Action"))) {
    const form = readQueryForm(query, body.toString("utf8"));
    if (form === undefined) return DUPLICATE_PARAMETER;
    if (form.get("Action") === "AssumeRoleWithWebIdentity")
      return answerAssumeRole(exchange, form, dependencies);
  }
  const bodyHash = createHash("sha256").update(body).digest("hex");
  const signed = { request, call, ...(reads ? { bodyHash } : {}) };
  const caller = authenticate(credentials, signed, dependencies);
  if ("code" in caller) {
    const accessKey = credentials.kind === "signed" ? credentials.by.accessKeyId : "unknown";
    return logRefusal(caller, exchange, accessKey, dependencies);
  }
  if (caller.kind === "administrator") return reads ? rewriteBody(exchange, body) : exchange;
  if (caller.kind === "anonymous") return authorizeAnonymous(exchange, dependencies);
  const asking = { session: caller.session, region: caller.by.region };
  if (service === "sts") return answerSessionCall(exchange, asking, body, dependencies);
  return authorizeSession(exchange, caller.session, caller.by, body, dependencies);
}

/** Services whose requests are small documents. S3 objects are not. */
function isForm(service: string): boolean {
  return !["s3", "s3-control"].includes(service);
}

/** Only S3 accepts unsigned requests, if a bucket policy allows them. */
async function authorizeAnonymous(
  exchange: Exchange,
  dependencies: RequestAuthorization,
): Promise<Authorized> {
  const { call, request } = exchange;
  if (call.service !== "s3") return logRefusal(NO_TOKEN, exchange, "anonymous", dependencies);
  const contextKeys: ContextKeys = [
    ...globalContextKeys(request, "us-east-1", dependencies.now()),
    ...s3ContextKeys({ call, account: dependencies.accountId, headers: request.headers, presigned: false }),
  ];
  return authorizeS3(exchange, { kind: "anonymous" }, contextKeys, dependencies.authorizer);
}

const NO_TOKEN: AwsFault = {
  status: 403,
  code: "MissingAuthenticationToken",
  message: "Request is missing Authentication Token",
};
const TOO_LARGE: AwsFault = {
  status: 413,
  code: "RequestEntityTooLarge",
  message: "the request is larger than any that AWS accepts",
};
const DUPLICATE_PARAMETER: AwsFault = {
  status: 400,
  code: "MalformedQueryString",
  message: "a parameter is given more than once",
};
