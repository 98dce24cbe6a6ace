import { ProjectError } from "../../../lib/errors";
import { parsePolicy } from "../../../lib/iam/language/read-policy";
import { type AwsFault, noSuchBucket } from "../aws-fault";
import { type BucketHead, headBucket } from "../bucket-existence";
import type { BucketPolicies } from "../bucket-policies";
import type { Exchange } from "../exchange";
import type { Ask } from "./ask";
import { type AskDecider, type Asker, compileAsks } from "./decide-ask";
import type { DecisionLog } from "./decision-log";
import { denial } from "./denial";
import { restrictsPublic } from "./public-access";
import type { Facts } from "./request-facts";

export interface Judge {
  /** Opens the judgement of one call, which may ask for many permissions. */
  readonly open: (exchange: Exchange, asker: Asker, facts: Facts) => OpenJudge;
}

export interface OpenJudge {
  /**
   * What AWS would refuse an ask with; undefined: it is allowed. Whatever is the same for all asks
   * on one bucket (its policy, whether it is there, whether it restricts public access) is looked
   * up once.
   * @param quietly asked beside the call itself: not logged, and without a look whether the bucket
   * is there
   */
  readonly refuses: (ask: Ask, quietly?: "quietly") => Promise<AwsFault | undefined>;
}

export interface JudgeWorld {
  readonly policies: Pick<BucketPolicies, "get">;
  readonly log: DecisionLog;
  readonly now: () => number;
}

export function createJudge({ policies, log, now }: JudgeWorld): Judge {
  return {
    open: (exchange, asker, facts) => {
      const caller = asker.kind === "session" ? asker.session.arn : undefined;
      const decider = remembering((bucket) => prepare(policies, bucket, asker, facts));
      const head = remembering((bucket) => headBucket(exchange, bucket).catch(() => undefined));
      const restricted = remembering((bucket) => restrictsPublic(exchange.moto, bucket));
      const refuses: OpenJudge["refuses"] = async (ask, quietly) => {
        const decide = decider(ask.bucket ?? "");
        const told = {
          time: new Date(now()).toISOString(),
          caller: caller ?? "anonymous",
          action: ask.action,
          ...(ask.resource === undefined ? {} : { resource: ask.resource }),
        };
        if (decide instanceof ProjectError) {
          const fault = unreadable(ask, decide);
          log({ ...told, verdict: "denied", code: fault.code, message: fault.message, policies: [] });
          return fault;
        }
        const decided = decide(ask);
        const fault =
          decided.decision.verdict === "allowed"
            ? await publicFault(ask, asker, restricted)
            : await deniedOrMissing(exchange, ask, denial(caller, ask, decided), quietly ?? head);
        if (quietly !== undefined) return fault;
        log({
          ...told,
          verdict: fault === undefined ? "allowed" : "denied",
          ...(fault === undefined ? {} : { code: fault.code, message: fault.message }),
          policies: decided.reasons,
        });
        return fault;
      };
      return { refuses };
    },
  };
}

/** What is found out of a bucket at most once. */
function remembering<T extends object>(find: (bucket: string) => T): (bucket: string) => T {
  const known = new Map<string, T>();
  return (bucket) => {
    const found = known.get(bucket);
    if (found !== undefined) return found;
    const value = find(bucket);
    known.set(bucket, value);
    return value;
  };
}

/** @param bucket empty: the asks are about none */
function prepare(
  policies: JudgeWorld["policies"],
  bucket: string,
  asker: Asker,
  facts: Facts,
): AskDecider | ProjectError {
  const text = bucket === "" ? undefined : policies.get(bucket);
  try {
    return compileAsks(
      asker,
      facts,
      text === undefined ? undefined : { bucket, policy: parsePolicy(text.toString("utf8")) },
    );
  } catch (error) {
    if (error instanceof ProjectError) return error;
    throw error;
  }
}

function unreadable({ bucket }: Ask, error: ProjectError): AwsFault {
  const message = `this sandbox cannot read the policy of bucket ${bucket}, and denies what hangs on it: ${error.message}`;
  return { status: 403, code: "AccessDenied", message };
}

/** S3 says of a bucket that is not there that it is not there, whoever asks. */
async function deniedOrMissing(
  exchange: Exchange,
  { bucket, action }: Ask,
  denied: AwsFault,
  lookUp: "quietly" | ((bucket: string) => Promise<BucketHead | undefined>),
): Promise<AwsFault> {
  if (lookUp === "quietly") return denied;
  if (bucket === undefined || action === "s3:CreateBucket" || exchange.moto.ended() !== undefined)
    return denied;
  const head = await lookUp(bucket);
  if (head?.status === 404) return noSuchBucket(bucket);
  // Where a bucket lies S3 tells everybody (Amazon S3 API Reference, HeadBucket): clients find
  // their way by it.
  const tells = exchange.call.method === "HEAD" && exchange.call.key === undefined;
  return tells && head?.region !== undefined
    ? { ...denied, headers: { "x-amz-bucket-region": head.region } }
    : denied;
}

async function publicFault(
  ask: Ask,
  asker: Asker,
  restricted: (bucket: string) => Promise<boolean>,
): Promise<AwsFault | undefined> {
  if (asker.kind === "session" || ask.bucket === undefined) return undefined;
  if (!(await restricted(ask.bucket))) return undefined;
  return { status: 403, code: "AccessDenied", message: "Access Denied" };
}
