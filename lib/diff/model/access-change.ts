import { z } from "zod";
import { FINDING_IDS } from "../../iam/audit/core/finding";
import { RISK_CLASSES } from "../../iam/risk/classes";
import { idSchema, phraseSchema } from "../../plan/resource-change";
import { proofSchema, tokenProofSchema } from "./proof";

const text = z.string();
const texts = z.array(text).readonly();

/** All aspects, in the order of a report. */
export const ASPECTS = [
  /** Who may assume a role: its trust policy. */
  "trust",
  /** What a principal may do: inline policies, attachments and permissions boundary together. */
  "permissions",
  /** Who gets credentials of a user or a permission set: access keys, passwords, assignments. */
  "credentials",
  /** Which roles a resource runs as: its role, or the role of its instance profile. */
  "runs-as",
  /** The maximum session duration. */
  "session",
  /** The OIDC providers that the account trusts: URL and audiences. */
  "provider",
  /** Who may do what with a bucket, by its own policy. */
  "bucket-policy",
  /** The same for another resource that has a policy, such as a queue, a key or a repository. */
  "resource-policy",
  /** What protects a bucket from public access: public access block, ownership, ACL. */
  "public-access",
  /**
   * Other accounts, the public or principals to whom a share, permission or setting gives access.
   */
  "sharing",
  /** Exclusive resources: only the declared policies may be attached to a role. */
  "exclusive",
] as const;

const sentenceSchema = z
  .strictObject({
    effect: z.enum(["gained", "lost"]),
    /** The people whom the sentence concerns, sorted. */
    people: texts.meta({ description: "By their names in access.yaml." }),
    /**
     * Without a full stop, such as: bob can now assume `website-deploy` from `main` of
     * `github.com/acme/website`.
     */
    phrase: phraseSchema,
    who: phraseSchema.exactOptional().meta({
      description: "Who gains or loses it, such as: `alice`. Absent: the subject of the change.",
    }),
    from: phraseSchema.exactOptional().meta({
      description: "From which refs and repositories, as an extent: `main`. Absent: it is not about tokens.",
    }),
    ends: z
      .array(
        z
          .strictObject({
            who: phraseSchema,
            end: text.meta({ description: "The first moment after it: ISO 8601 in UTC, to the second." }),
          })
          .readonly(),
      )
      .readonly()
      .exactOptional()
      .meta({ description: "Whose access ends when, after the change. Absent: it has no end." }),
    actions: phraseSchema.exactOptional().meta({ description: "The actions, as the policy names them." }),
    resources: phraseSchema.exactOptional().meta({
      description: "The resources, as the policy names them. Absent: only the example is known.",
    }),
    conditions: phraseSchema.exactOptional().meta({
      description: "Under which conditions, such as: for requests from outside 10.0.0.0/8.",
    }),
    isOpen: z.literal(true).exactOptional().meta({
      description:
        "The conditions name only what is left out, such as what was allowed before; any other request is included.",
    }),
    proof: proofSchema.exactOptional(),
  })
  .readonly()
  .meta({ id: "AccessSentence" });

const riskSchema = z
  .strictObject({
    class: z.enum(RISK_CLASSES).meta({
      description: "The most serious class of what is gained; of what is lost, if nothing is gained.",
    }),
    /** Absent: undetermined, or nothing is gained or lost. */
    effect: z.enum(["gained", "lost"]).exactOptional(),
    extent: phraseSchema.meta({
      description:
        "All that the class is about, before any example, such as: read every secret (`secretsmanager:GetSecretValue` on `*`). Empty: undetermined or equal access.",
    }),
    who: phraseSchema.meta({
      description:
        "Who gains or loses it: people, refs and origins, or principals. Empty: not known, or those who can act as the subject.",
    }),
    people: texts.meta({ description: "By their names in access.yaml, sorted." }),
  })
  .readonly()
  .meta({ id: "Risk" });

const documentSchema = z
  .strictObject({
    kind: z.enum(["trust", "identity", "boundary"]),
    name: text.meta({ description: "The name of the policy; of a trust policy, the role's." }),
    text: text.meta({ description: "The policy, as the plan has it." }),
  })
  .readonly()
  .meta({ id: "PolicyDocument" });

const documentsSchema = z.array(documentSchema).readonly();

export const accessChangeSchema = z
  .strictObject({
    id: idSchema,
    /** The stack or file whose plan contains the change. */
    stack: text,
    aspect: z.enum(ASPECTS),
    subject: text.meta({
      description:
        "The name of the role, bucket, provider or other resource, such as `user eve`; or its address.",
    }),
    /** The changed resources, such as `aws_iam_role.deploy`: one address or more, sorted. */
    addresses: texts,
    /** `drift`: the change was made outside of Terraform. */
    source: z.enum(["plan", "drift"]),
    relation: z.enum(["broader", "narrower", "both-ways", "same", "unknown"]),
    /** Why the relation is unknown, or a note on the change. */
    reason: phraseSchema.exactOptional(),
    sentences: z.array(sentenceSchema).readonly(),
    risk: riskSchema,
    documents: z
      .strictObject({ before: documentsSchema, after: documentsSchema })
      .readonly()
      .exactOptional()
      .meta({
        description:
          "The policies that were compared, for trying the evidence. Policies that are not in the plan are absent.",
      }),
  })
  .readonly()
  .meta({ id: "AccessChange" });

export const reviewFindingSchema = z
  .strictObject({
    id: idSchema,
    stack: text,
    role: text,
    address: text,
    rule: z.enum(FINDING_IDS),
    severity: z.enum(["high", "medium", "low"]),
    /** The place in the policy. */
    path: text,
    message: text,
    isNew: z.boolean().meta({ description: "Whether the current policy does not have it." }),
    proof: tokenProofSchema.exactOptional(),
  })
  .readonly()
  .meta({ id: "Finding" });

/** The kind of access that changes. */
export type Aspect = (typeof ASPECTS)[number];
/** One change of access. */
export type AccessChange = z.infer<typeof accessChangeSchema>;
/** One sentence of a report, and its evidence. */
export type AccessSentence = z.infer<typeof sentenceSchema>;
/** How serious a change is, what it is about, and who gains or loses it. */
export type Risk = z.infer<typeof riskSchema>;
/** A policy that was compared. */
export type PolicyDocument = z.infer<typeof documentSchema>;
/** A finding of `audit` on the trust policy as it is planned. */
export type ReviewFinding = z.infer<typeof reviewFindingSchema>;
