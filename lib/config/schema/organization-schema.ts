import { z } from "zod";
import { audiencePattern, audienceRule } from "../rules/iam-role";
import { keyPattern } from "../rules/names";
import { serverPattern, serverRule } from "../rules/server";
import { uuidPattern, uuidRule } from "../rules/uuid";
import { namedMap, strictMap, text } from "./schema-parts";

/** One of CircleCI's IDs. @param where CircleCI shows it */
export function uuid(whose: string, where: string) {
  return text(uuidRule(whose, where), "a UUID", {
    description: `${whose}: a UUID in lower case, from ${where}.`,
    pattern: uuidPattern,
  });
}

export function audience(description: string) {
  return text(audienceRule, "text", { description, pattern: audiencePattern });
}

const settings = {
  id: uuid("The organization's ID", "CircleCI → Organization Settings → Overview"),
  audience: audience(
    "The `aud` claim of the organization's tokens. Default: the organization's ID.",
  ).optional(),
  server: text(serverRule, "a host name, such as circleci.acme.example", {
    description: "The host of your CircleCI Server, which signs the tokens. Default: CircleCI's cloud.",
    pattern: serverPattern,
    examples: ["circleci.acme.example"],
  }).optional(),
};

export const organizationSchema = strictMap(settings, "the organization").meta({
  description: "The CircleCI organization whose tokens are accepted.",
});

const namedOrganizationSchema = strictMap(
  {
    ...settings,
    default: z
      .boolean({ error: "true or false" })
      .meta({
        description:
          "`true`: projects without `organization` belong to it, and its OIDC providers keep the address in Terraform state that the provider of a file with one `organization` has. At most one.",
        default: false,
      })
      .optional(),
  },
  "an organization",
).meta({ description: "One CircleCI organization." });

export const organizationsSchema = namedMap(
  namedOrganizationSchema,
  "a map from organization name to organization",
  {
    description:
      "Several CircleCI organizations, by names that you choose, where `organization` is one. An account has the OIDC provider of each organization that has a role there.",
    keyPattern,
  },
);
