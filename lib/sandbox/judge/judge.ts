import { ProjectError } from "../../errors";
import type { Policy } from "../../iam/language/policy";
import { parsePolicy } from "../../iam/language/read-policy";
import { type AwsFault, noSuchBucket } from "../aws-fault";
import { headBucket } from "../bucket-existence";
import type { BucketPolicies } from "../bucket-policies";
import type { Exchange } from "../exchange";
import type { Ask } from "./ask";
import { type Asker, decideAsk } from "./decide-ask";
import type { DecisionLog } from "./decision-log";
import { denial } from "./denial";
import { restrictsPublic } from "./public-access";
import type { Facts } from "./request-facts";

export interface Judge {
  /**
   * What AWS would refuse an ask with; undefined: it is allowed.
   * @param quietly asked beside the call itself: not logged, and without a look whether the bucket is there
   */
  readonly refuses: (
    exchange: Exchange,
    ask: Ask,
    asker: Asker,
    facts: Facts,
    quietly?: "quietly",
  ) => Promise<AwsFault | undefined>;
}

export interface JudgeWorld {
  readonly policies: BucketPolicies;
  readonly log: DecisionLog;
  readonly now: () => number;
}

export function createJudge({ policies, log, now }: JudgeWorld): Judge {
  return {
    refuses: async (exchange, ask, asker, facts, quietly) => {
      const caller = asker.kind === "session" ? asker.session.arn : undefined;
      const policy = readBucketPolicy(policies, ask.bucket);
      const told = {
        time: new Date(now()).toISOString(),
        caller: caller ?? "anonymous",
        action: ask.action,
        ...(ask.resource === undefined ? {} : { resource: ask.resource }),
      };
      if (policy instanceof ProjectError) {
        const fault = unreadable(ask, policy);
        log({ ...told, verdict: "denied", code: fault.code, message: fault.message, policies: [] });
        return fault;
      }
      const decided = decideAsk(ask, asker, facts, policy);
      const fault =
        decided.decision.verdict === "allowed"
          ? await publicFault(exchange, ask, asker)
          : await deniedOrMissing(exchange, ask, denial(caller, ask, decided), quietly);
      if (quietly !== undefined) return fault;
      log({
        ...told,
        verdict: fault === undefined ? "allowed" : "denied",
        ...(fault === undefined ? {} : { code: fault.code, message: fault.message }),
        policies: decided.reasons,
      });
      return fault;
    },
  };
}

function readBucketPolicy(
  policies: BucketPolicies,
  bucket: string | undefined,
): Policy | undefined | ProjectError {
  const text = bucket === undefined ? undefined : policies.get(bucket);
  if (text === undefined) return undefined;
  try {
    return parsePolicy(text.toString("utf8"));
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
  quietly: "quietly" | undefined,
): Promise<AwsFault> {
  if (quietly !== undefined) return denied;
  if (bucket === undefined || action === "s3:CreateBucket" || exchange.moto.ended() !== undefined)
    return denied;
  const head = await headBucket(exchange, bucket).catch(() => undefined);
  if (head?.status === 404) return noSuchBucket(bucket);
  // Where a bucket lies S3 tells everybody (Amazon S3 API Reference, HeadBucket): clients find their way by it.
  const tells = exchange.call.method === "HEAD" && exchange.call.key === undefined;
  return tells && head?.region !== undefined
    ? { ...denied, headers: { "x-amz-bucket-region": head.region } }
    : denied;
}

async function publicFault(exchange: Exchange, ask: Ask, asker: Asker): Promise<AwsFault | undefined> {
  if (asker.kind === "session" || ask.bucket === undefined) return undefined;
  if (!(await restrictsPublic(exchange.moto, ask.bucket))) return undefined;
  return { status: 403, code: "AccessDenied", message: "Access Denied" };
}
