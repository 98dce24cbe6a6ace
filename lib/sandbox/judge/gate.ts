import { createHash } from "node:crypto";
import type { RememberedRoles } from "../account/remembered-roles";
import type { Session, Sessions } from "../account/sessions";
import { type AwsFault, sendFault } from "../aws-fault";
import { SANDBOX_ACCOUNT_ID } from "../environment";
import type { Exchange, Gate } from "../exchange";
import { endToEndHeaders, header } from "../raw-headers";
import { bucketOfHost } from "../s3-host";
import { readSmallBody } from "../small-body";
import { assumedRole, callerIdentity, sendStsResult } from "../sts/answers";
import { assumeRole, type StsWorld } from "../sts/assume-role";
import { readQueryForm } from "../sts/query-form";
import { isAdministrators, readCredentials, type SignedBy } from "./credentials";
import type { Asker } from "./decide-ask";
import type { DecisionLog } from "./decision-log";
import { unnamed } from "./denial";
import type { Judge } from "./judge";
import { type Judged, judgeS3 } from "./judge-s3";
import { nameOtherCall } from "./other-services";
import { type Facts, requestFacts } from "./request-facts";
import { rewriteOther } from "./rewrite";
import { s3Facts } from "./s3-facts";
import { whoCalls } from "./who-calls";

/** A form with a token of 20,000 characters, and more. */
const MAX_FORM_BYTES = 1_024 * 1_024;

export interface GateWorld extends StsWorld {
  readonly sessions: Sessions;
  readonly roles: RememberedRoles;
  readonly judge: Judge;
  readonly log: DecisionLog;
}

/** Lets the administrator pass, judges everybody else, and answers what concerns sessions itself. */
export function openGate(world: GateWorld): Gate {
  return async (exchange) => {
    const judged = await pass(exchange, world).catch((error: unknown) => unavailable(exchange, error));
    if (judged === "answered") return undefined;
    if (!("code" in judged)) return judged;
    exchange.request.resume();
    // A client that waits to be told to go on may send its body or not: the connection cannot be used again.
    if (exchange.expectsContinue) exchange.response.setHeader("Connection", "close");
    sendFault(exchange.response, exchange.call.service, judged);
    return undefined;
  };
}

/** What the door asked moto and got no answer to: nobody is let through. */
function unavailable({ moto }: Exchange, error: unknown): AwsFault {
  const reason = moto.ended() ?? (error instanceof Error ? error.message : String(error));
  const message = `The sandbox cannot answer: ${reason}. Start it again.`;
  return { status: 503, code: "ServiceUnavailable", message };
}

async function pass(exchange: Exchange, world: GateWorld): Promise<Judged> {
  const { call, request } = exchange;
  const { service, query } = call;
  const credentials = readCredentials(request, query);
  const isSts = service === "sts" || service === "unsigned-form";
  // What stands in a form's body has to be read before anything is known; the administrator's other calls pass as streams.
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
  const hosted = bucketOfHost(header(request, "host"));
  const signed = {
    ...{ request, rawPath: call.rawPath, query },
    ...(hosted === undefined ? {} : { hostedBucket: hosted }),
    ...(reads ? { bodyHash } : {}),
  };
  const who = whoCalls(credentials, signed, world);
  if ("code" in who) {
    return logged(
      who,
      exchange,
      credentials.kind === "signed" ? credentials.by.accessKeyId : "unknown",
      world,
    );
  }
  if (who.kind === "administrator") return reads ? withBody(exchange, body) : exchange;
  if (who.kind === "anonymous") return passAnonymous(exchange, world);
  return passSession(exchange, who.session, who.by, body, world);
}

/** Services whose requests are small documents; S3's are objects. */
function isForm(service: string): boolean {
  return !["s3", "s3-control", "moto-api"].includes(service);
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

/** moto's own pages answer to whoever sits at this machine; on AWS, nobody gets anywhere without a name but to public objects. */
async function passAnonymous(exchange: Exchange, world: GateWorld): Promise<Judged> {
  const { call, request } = exchange;
  if (call.service === "moto-api" || call.method === "OPTIONS") return exchange;
  if (call.service !== "s3") return logged(NO_TOKEN, exchange, "anonymous", world);
  const facts: Facts = [
    ...requestFacts(request, "us-east-1", world.now()),
    ...s3Facts({ call, headers: request.headers, presigned: false }),
  ];
  return judgeS3(exchange, { kind: "anonymous" }, facts, world.judge);
}

async function passSession(
  exchange: Exchange,
  session: Session,
  by: SignedBy,
  body: Buffer,
  world: GateWorld,
): Promise<Judged> {
  const { call, request } = exchange;
  if (call.service === "sts") {
    const action = readQueryForm(call.query, body.toString("utf8"))?.get("Action");
    if (action !== "GetCallerIdentity")
      return logged(
        unnamed(session.arn, `sts:${action ?? "nothing"} in a role's session`),
        exchange,
        session.arn,
        world,
      );
    sendStsResult(exchange.response, action, callerIdentity(session, SANDBOX_ACCOUNT_ID));
    return "answered";
  }
  const role = await world.roles.get(session.roleName);
  if (role?.id !== session.roleId) return logged(ROLE_GONE, exchange, session.arn, world);
  const asker: Asker = { kind: "session", session, role };
  const global = requestFacts(request, by.region, world.now());
  if (call.service === "s3" && by.service === "s3") {
    const age = by.timestamp === "" ? undefined : world.now() - timeOf(by.timestamp);
    const presigned = by.presignedSeconds !== undefined || by.version2Expires !== undefined;
    const facts = [
      ...global,
      ...s3Facts({
        call,
        headers: request.headers,
        presigned,
        ...(age === undefined ? {} : { signatureAge: age }),
      }),
    ];
    return judgeS3(exchange, asker, facts, world.judge);
  }
  const named = by.service === call.service ? nameOtherCall(call, request, body) : undefined;
  if (named === undefined)
    return logged(
      unnamed(session.arn, `${call.method} ${call.path} of ${call.service}`),
      exchange,
      session.arn,
      world,
    );
  const fault = await world.judge.refuses(exchange, named.ask, asker, global);
  return fault ?? rewriteOther(exchange, by.region, named);
}

/** A body that has been read goes on from memory. */
function withBody(exchange: Exchange, body: Buffer): Exchange {
  const headers = endToEndHeaders(exchange.request, [
    "content-length",
    "transfer-encoding",
    "expect",
    "content-encoding",
  ]);
  headers.push("Content-Length", String(body.length));
  return { ...exchange, rewritten: { headers, body } };
}

function logged(fault: AwsFault, { call }: Exchange, caller: string, { log, now }: GateWorld): AwsFault {
  const { code, message } = fault;
  const resource = `${call.service} ${call.method} ${call.path}`;
  log({
    time: new Date(now()).toISOString(),
    caller,
    resource,
    verdict: "denied",
    code,
    message,
    policies: [],
  });
  return fault;
}

function timeOf(timestamp: string): number {
  return Date.parse(
    timestamp.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/, "$1-$2-$3T$4:$5:$6Z"),
  );
}

const NO_TOKEN: AwsFault = {
  status: 403,
  code: "MissingAuthenticationToken",
  message: "Request is missing Authentication Token",
};
const ROLE_GONE: AwsFault = {
  status: 403,
  code: "InvalidClientTokenId",
  message: "The security token included in the request is invalid: its role is no longer there",
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
