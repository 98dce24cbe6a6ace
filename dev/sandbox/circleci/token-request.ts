import { z } from "zod";
import { serverPattern } from "../../../lib/config/rules/server";
import { uuidPattern } from "../../../lib/config/rules/uuid";

const uuid = z.string().regex(new RegExp(uuidPattern), "a UUID in lower case, 36 characters");

/**
 * The job that requests a token. The local CircleCI fills in missing values as the real one does.
 */
export const tokenRequestSchema = z.strictObject({
  organization: uuid,
  /** The CircleCI Server that issues the token. Default: CircleCI's cloud. */
  server: z.string().regex(new RegExp(serverPattern), "a host name").exactOptional(),
  project: uuid,
  /** The user who started the pipeline. */
  user: uuid,
  /**
   * 1: `CIRCLE_OIDC_TOKEN`. 2: `CIRCLE_OIDC_TOKEN_V2`, whose subject has the origin and ref of the
   * code. Default: 2.
   */
  version: z.union([z.literal(1), z.literal(2)]).optional(),
  /**
   * Origin and ref of the code. Undefined: a custom webhook started the pipeline, and the token has
   * neither.
   */
  source: z.strictObject({ origin: z.string().min(1), ref: z.string().min(1) }).optional(),
  /**
   * Default: the organization's UUID. A job can request another audience
   * (`circleci run oidc get --claims`).
   */
  audience: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional(),
  job: uuid.optional(),
  workflow: uuid.optional(),
  pipeline: uuid.optional(),
  pipelineDefinition: uuid.optional(),
  contexts: z.array(uuid).optional(),
  /** The job was rerun with SSH. */
  sshRerun: z.boolean().optional(),
});

export type TokenRequest = z.infer<typeof tokenRequestSchema>;
