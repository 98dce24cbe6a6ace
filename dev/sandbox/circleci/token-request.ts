import { z } from "zod";
import { serverPattern } from "../../../lib/config/rules/server";
import { uuidPattern } from "../../../lib/config/rules/uuid";

const uuid = z.string().regex(new RegExp(uuidPattern), "a UUID in lower case, 36 characters");

/**
 * A job that asks for its token. What is left out, the local CircleCI fills in as the real one
 * would.
 */
export const tokenRequestSchema = z.strictObject({
  organization: uuid,
  /** The CircleCI Server that signs. Default: CircleCI's cloud. */
  server: z.string().regex(new RegExp(serverPattern), "the name of a host").exactOptional(),
  project: uuid,
  /** Who started the pipeline. */
  user: uuid,
  /**
   * 1: `CIRCLE_OIDC_TOKEN`, 2: `CIRCLE_OIDC_TOKEN_V2`, whose subject says from where. Default: 2.
   */
  version: z.union([z.literal(1), z.literal(2)]).optional(),
  /**
   * Where the code comes from; undefined: the pipeline was started by a custom webhook, whose
   * tokens do not say.
   */
  source: z.strictObject({ origin: z.string().min(1), ref: z.string().min(1) }).optional(),
  /**
   * Default: the organization's UUID. A job can ask for its own (`circleci run oidc get --claims`).
   */
  audience: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional(),
  job: uuid.optional(),
  workflow: uuid.optional(),
  pipeline: uuid.optional(),
  pipelineDefinition: uuid.optional(),
  contexts: z.array(uuid).optional(),
  /** The job was run again with SSH. */
  sshRerun: z.boolean().optional(),
});

export type TokenRequest = z.infer<typeof tokenRequestSchema>;
