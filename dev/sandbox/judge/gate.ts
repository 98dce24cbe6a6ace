import { createHash } from "node:crypto";
import { ProjectError } from "../../../lib/errors";
import type { RememberedRoles } from "../account/remembered-roles";
import type { Sessions } from "../account/sessions";
import { type AwsFault, sendFault, unavailable } from "../aws-fault";
import type { Exchange, Gate } from "../exchange";
import { readSmallBody } from "../small-body";
import { assumedRole, sendStsResult } from "../sts/answers";
import { assumeRole, type StsWorld } from "../sts/assume-role";
import { readQueryForm } from "../sts/query-form";
import { isAdministrators, readCredentials } from "./credentials";
import { type LogWorld, refusedUnjudged } from "./decision-log";
import type { Judge } from "./judge";
import { type Judged, judgeS3 } from "./judge-s3";
import { judgeSession } from "./judge-session";
import { type Facts, requestFacts } from "./request-facts";
import { rewriteBody } from "./rewrite";
import { s3Facts } from "./s3-facts";
import { whoCalls } from "./who-calls";

/** A form with a token of 20,000 characters, and more. */
const MAX_FORM_BYTES = 1_024 * 1_024;

export interface GateWorld extends StsWorld, LogWorld {
  readonly sessions: Sessions;
  readonly roles: RememberedRoles;
  readonly judge: Judge;
}

/**
 * Lets the administrator pass, judges everybody else, and answers what concerns sessions itself.
 */
export function openGate(world: GateWorld): Gate {
  return async (exchange) => {
    const judged = await pass(exchange, world).catch((error: unknown) => unanswered(exchange, error));
    if (judged === "answered") return undefined;
    if (!("code" in judged)) return judged;
    exchange.request.resume();
    // A client that waits to be told to go on may send its body or not: the connection cannot be
    // used again.
    if (exchange.expectsContinue) exchange.response.setHeader("Connection", "close");
    sendFault(exchange.response, exchange.call.service, judged);
    return undefined;
  };
}

/**
 * What the door asked moto and got no answer to, or one that it cannot read: nobody is let through.
 */
function unanswered({ moto }: Exchange, error: unknown): AwsFault {
  if (error instanceof ProjectError) {
    const message = `this sandbox cannot read a policy, and denies what hangs on it: ${error.message}`;
    return { status: 403, code: "AccessDenied", message };
  }
  return unavailable(moto.ended() ?? (error instanceof Error ? error.message : String(error)));
}

async function pass(exchange: Exchange, world: GateWorld): Promise<Judged> {
  const { call, request } = exchange;
  const { service, query } = call;
  const credentials = readCredentials(request, query);
  const isSts = service === "sts" || service === "unsigned-form";
  // What stands in a form's body has to be read before anything is known; the administrator's other
  // calls pass as streams.
  const reads = isSts || (isForm(service) && !isAdministrators(credentials));
  const body = reads ? await readSmallBody(exchange, MAX_FORM_BYTES).catch(() => undefined) : Buffer.alloc(0);
  if (body === undefined) return "answered";
  if (body === "tooLarge") return TOO_LARGE;
  if (!Buffer.isBuffer(body)) return body;
  if (isSts || (call.path === "/" && query.has("Action"))) {
    const form = readQueryForm(query, body.toString("utf8"));
    if (form === undefined) return TWICE;
    if (form.get("Action") === "AssumeRoleWithWebIdentity") return answerAssumeRole(exchange, form, world);
  }
  const bodyHash = createHash("sha256").update(body).digest("hex");
  const signed = { request, call, ...(reads ? { bodyHash } : {}) };
  const who = whoCalls(credentials, signed, world);
  if ("code" in who) {
    return refusedUnjudged(
      who,
      exchange,
      credentials.kind === "signed" ? credentials.by.accessKeyId : "unknown",
      world,
    );
  }
  if (who.kind === "administrator") return reads ? rewriteBody(exchange, body) : exchange;
  if (who.kind === "anonymous") return passAnonymous(exchange, world);
  return judgeSession(exchange, who.session, who.by, body, world);
}

/** Services whose requests are small documents; S3's are objects. */
function isForm(service: string): boolean {
  return !["s3", "s3-control"].includes(service);
}

async function answerAssumeRole(
  exchange: Exchange,
  form: URLSearchParams,
  world: GateWorld,
): Promise<Judged> {
  const facts = requestFacts(exchange.request, "us-east-1", world.now());
  const { result, log } = await assumeRole(form, facts, world);
  world.log({ time: new Date(world.now()).toISOString(), ...log });
  if ("code" in result) return result;
  const { session, verified } = result;
  const { sub } = verified.claims;
  sendStsResult(
    exchange.response,
    "AssumeRoleWithWebIdentity",
    assumedRole(session, { sub, audience: verified.audience }),
  );
  return "answered";
}

/** On AWS, nobody gets anywhere without a name but to public objects. */
async function passAnonymous(exchange: Exchange, world: GateWorld): Promise<Judged> {
  const { call, request } = exchange;
  if (call.service !== "s3") return refusedUnjudged(NO_TOKEN, exchange, "anonymous", world);
  const facts: Facts = [
    ...requestFacts(request, "us-east-1", world.now()),
    ...s3Facts({ call, account: world.accountId, headers: request.headers, presigned: false }),
  ];
  return judgeS3(exchange, { kind: "anonymous" }, facts, world.judge);
}

const NO_TOKEN: AwsFault = {
  status: 403,
  code: "MissingAuthenticationToken",
  message: "Request is missing Authentication Token",
};
const TOO_LARGE: AwsFault = {
  status: 413,
  code: "RequestEntityTooLarge",
  message: "the request is larger than any that AWS takes",
};
const TWICE: AwsFault = {
  status: 400,
  code: "MalformedQueryString",
  message: "a parameter is given more than once",
};
