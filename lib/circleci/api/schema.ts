import { z } from "zod";
import { uuidPattern } from "../../config/rules/uuid";

/*
 * The fields that are used, of https://circleci.com/api/v2/openapi.json (in the version that
 * circleci/circleci-docs had on 17 October 2025). What is not used is not looked at: CircleCI adds
 * fields, and its description marks some as required that can be missing.
 */

/** In lower case, as tokens have them and trust policies compare them. */
const uuid = z.string().regex(new RegExp(uuidPattern), "no UUID in lower case");

/** `getCurrentUser`, `getUser`: schema `User`. */
export const User = z.object({
  id: uuid,
  /** On the host of the code. */
  login: z.string(),
  name: z.string().nullish(),
});

/** `getProjectBySlug`: schema `Project`. */
export const Project = z.object({
  slug: z.string(),
  name: z.string(),
  id: uuid,
  organization_name: z.string(),
  organization_slug: z.string(),
  organization_id: uuid,
  /** `//circleci.com/…` for projects whose provider is `CircleCI`. */
  vcs_info: z.object({ vcs_url: z.string() }).optional(),
});

/** Of `listPipelinesForProject`, newest first. The actor has a login and no id. */
export const Pipeline = z.object({
  id: uuid,
  number: z.number(),
  created_at: z.string(),
  trigger: z.object({ actor: z.object({ login: z.string().nullish() }).optional() }),
  /**
   * For a pull request of a fork the origin is the fork, and the target the parent. Absent for some
   * kinds of trigger.
   */
  vcs: z.object({ origin_repository_url: z.string(), target_repository_url: z.string() }).nullish(),
});

/**
 * Of `listWorkflowsByPipelineId`: schema `Workflow`. A re-run is a workflow of the same pipeline,
 * started by the user who ran it again.
 */
export const Workflow = z.object({ id: uuid, started_by: uuid });

/** Schemas such as `PipelineListResponse`, `WorkflowListResponse`. */
export function page<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next_page_token: z.string().nullish() });
}

/** `getProjectSettings`: schema `project_settings`; everything in it is optional. */
export const Settings = z.object({
  advanced: z
    .object({
      build_fork_prs: z.boolean().optional(),
      forks_receive_secret_env_vars: z.boolean().optional(),
    })
    .optional(),
});

export type Project = z.infer<typeof Project>;
export type Pipeline = z.infer<typeof Pipeline>;
export type Workflow = z.infer<typeof Workflow>;
export type User = z.infer<typeof User>;
