import { BOB, everything, readSite, role, subject, trust, withAws, writeSite } from "../pieces";
import type { Blocks, Scenario } from "../scenario";

const deploy = role("website-deploy", { description: "Deploys the website", tags: { team: "web" } });
const preview = role("website-preview");
const inline = { name: "site", role: "${aws_iam_role.deploy.name}", policy: writeSite };
const revision = { input: "1" };

function config(resource: Blocks, more: Blocks = {}): Blocks {
  return withAws({ resource, ...more });
}

/** The deploy role and its one policy; `more` of the role's resource. */
function withRole(more: Blocks, { release = revision, ...others }: Blocks = {}): Blocks {
  return config({
    aws_iam_role: { deploy: { ...deploy, ...more } },
    aws_iam_role_policy: { site: inline },
    terraform_data: { release },
    ...others,
  });
}

const before = withRole({});
const renamed = { name: "website-publish" };

/** Create, update, replace and destroy, each for every reason that Terraform has for it. */
export const lifecycle: Scenario = {
  name: "lifecycle",
  steps: [
    { plan: "create", of: before },
    { apply: before },
    { plan: "no-changes", of: before },
    {
      plan: "update",
      of: withRole({ description: "Publishes the website", tags: { team: "platform", owner: "alice" } }),
    },
    {
      plan: "create-beside",
      of: config({
        aws_iam_role: { deploy, preview },
        aws_iam_role_policy: {
          site: inline,
          preview: { name: "site", role: "${aws_iam_role.preview.id}", policy: readSite },
        },
        terraform_data: { release: revision },
      }),
    },
    { plan: "replace-by-attribute", of: withRole(renamed) },
    { plan: "replace-by-request", of: before, args: ["-replace=aws_iam_role.deploy"] },
    {
      plan: "replace-by-trigger",
      of: withRole(
        { lifecycle: { replace_triggered_by: ["terraform_data.release"] } },
        { release: { input: "2" } },
      ),
    },
    {
      plan: "replace-create-before-destroy",
      of: withRole({ ...renamed, lifecycle: { create_before_destroy: true } }),
    },
    {
      plan: "errored-prevent-destroy",
      of: withRole({ ...renamed, lifecycle: { prevent_destroy: true } }),
      errored: true,
    },
    {
      plan: "errored-but-broader",
      of: withRole(
        {
          ...renamed,
          assume_role_policy: trust([subject("*", "refs/heads/*")]),
          lifecycle: { prevent_destroy: true },
        },
        { aws_iam_role_policy: { site: { ...inline, policy: everything } } },
      ),
      errored: true,
    },
    {
      plan: "destroy",
      of: config({ aws_iam_role: { deploy }, terraform_data: { release: revision } }),
    },
    { plan: "destroy-all", of: before, args: ["-destroy"] },
    {
      plan: "target",
      of: withRole(
        { assume_role_policy: trust([subject(BOB, "refs/heads/main")]) },
        { release: { input: "2" } },
      ),
      args: ["-target=terraform_data.release"],
    },
    { terraform: ["taint", "aws_iam_role.deploy"] },
    { plan: "replace-because-tainted", of: before },
  ],
};
