import { z } from "zod";

const text = z.string();
const texts = z.array(text).readonly();

const FACTS =
  "Further requirements, such as `from outside 10.0.0.0/8 (aws:SourceIp = 203.0.113.7)` or `without MFA`.";

export const tokenProofSchema = z
  .strictObject({
    kind: z.literal("token"),
    provider: text.meta({ description: "ARN of the OIDC provider that the token comes through." }),
    claims: z
      .strictObject({
        iss: text,
        aud: z.union([text, texts]).exactOptional(),
        sub: text.exactOptional(),
        "oidc.circleci.com/project-id": text.exactOptional(),
      })
      .readonly(),
    facts: texts.meta({ description: FACTS }),
  })
  .readonly()
  .meta({ id: "TokenProof" });

const requestProofSchema = z
  .strictObject({
    kind: z.literal("request"),
    action: text,
    resource: text,
    /** The principal of the request, if the policy is a resource's. */
    caller: text.exactOptional(),
    facts: texts.meta({ description: FACTS }),
    context: z
      .array(
        z
          .strictObject({
            key: text,
            type: z.enum(["string", "numeric", "boolean", "ip", "date"]),
            values: texts,
          })
          .readonly(),
      )
      .readonly()
      .exactOptional()
      .meta({ description: "Values of condition keys that the request needs. Absent: none." }),
  })
  .readonly()
  .meta({ id: "RequestProof" });

/** What shows a difference of access. */
export const proofSchema = z.discriminatedUnion("kind", [tokenProofSchema, requestProofSchema]);

/** A token that shows the difference. */
export type TokenProof = z.infer<typeof tokenProofSchema>;

/** A request that shows the difference. */
export type RequestProof = z.infer<typeof requestProofSchema>;
