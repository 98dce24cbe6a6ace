import { liveDifferences } from "../../../lib/access-report/compare/live-differences";
import type { ReportLive } from "../../../lib/access-report/model/differences";
import type { FoundRole } from "../../../lib/adopt/inventory/inventory";
import type { Access } from "../../../lib/config/model/model";
import { compareAccount } from "../../../lib/live/compare/compare-account";
import type { AccountAsItIs } from "../../../lib/live/read/account-as-it-is";
import { awsPolicies } from "../../../lib/project/aws-data";
import { accountAsDeclared } from "./as-declared";

/** Accounts that are as the file declares, and one that was changed by hand. */
export function sampleLive(access: Access): readonly ReportLive[] {
  return access.accounts.map((account) => {
    const found = accountAsDeclared(access, account);
    const changed = account.key === "production" ? changedByHand(found) : found;
    return liveDifferences(compareAccount(access, account, changed, awsPolicies));
  });
}

/** A role that accepts every tag, one that the file does not declare, and one that AWS refused. */
function changedByHand(found: AccountAsItIs): AccountAsItIs {
  const roles = found.roles.map((role) =>
    role.name === CHANGED
      ? { ...role, trust: role.trust.replaceAll("refs/tags/orders-v*", "refs/tags/*") }
      : role,
  );
  const refused = { call: "iam:GetRole", object: "aws-reserved/sso", code: "AccessDenied" };
  return { ...found, roles: [...roles, LEFT], refused: [refused] };
}

const CHANGED = "orders-release";
const LEFT: FoundRole = {
  name: "ci-deploy-2023",
  arn: "arn:aws:iam::444455556666:role/ci-deploy-2023",
  path: "/",
  sessionSeconds: 3600,
  trust: JSON.stringify({
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: {
        Federated:
          "arn:aws:iam::444455556666:oidc-provider/oidc.circleci.com/org/5d0f6c3a-71be-4e0c-9a37-2c8f4b1e6d90",
      },
      Condition: {
        StringLike: {
          "oidc.circleci.com/org/5d0f6c3a-71be-4e0c-9a37-2c8f4b1e6d90:sub":
            "org/5d0f6c3a-71be-4e0c-9a37-2c8f4b1e6d90/project/6e90c157-afb2-43d8-861e-527384af0a0c/*",
        },
      },
    },
  }),
  inline: [],
  attached: ["arn:aws:iam::aws:policy/AdministratorAccess"],
  tags: {},
};
