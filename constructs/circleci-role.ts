import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePoliciesExclusive } from "@cdktf/provider-aws/lib/iam-role-policies-exclusive";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { IamRolePolicyAttachmentsExclusive } from "@cdktf/provider-aws/lib/iam-role-policy-attachments-exclusive";
import { Construct } from "constructs";
import { addressPart } from "../lib/adopt/imports/address-part";
import type { AnyRole } from "../lib/config/model/model";
import { ProjectError } from "../lib/errors";
import { inlinePolicyTexts } from "../lib/iam/write/inline-policies";
import { checkInlinePoliciesSize, checkTrustPolicySize } from "../lib/iam/write/quotas";
import { provenTrustPolicy } from "../lib/iam/write/trust/proven-trust-policy";
import { taggingOf } from "./account-stack";
import { terraformLiteral } from "./terraform-literal";

/**
 * A role that CircleCI jobs assume, with exactly the policies of access.yaml. The two exclusive
 * resources make policies that were attached by hand appear in the next plan, and the next deploy
 * removes them.
 * @throws ProjectError `trust-policy-too-long`, `inline-policies-too-long`: AWS would reject the
 * role; `trust-policy-not-exact`, `trust-policy-not-proven`, `trust-file-not-exact`,
 * `trust-file-not-proven`: the trust policy is not proven to accept exactly the granted tokens
 */
export class CircleCiRole extends Construct {
  readonly arn: string;
  /** The proven trust policy, as JSON. */
  readonly trustPolicy: string;

  constructor(scope: Construct, id: string, role: AnyRole) {
    super(scope, id);
    const problem = checkTrustPolicySize(role) ?? checkInlinePoliciesSize(role);
    if (problem !== undefined) {
      const { message, found, allowed } = problem;
      throw new ProjectError({
        ...problem,
        message: `${this.node.path}: ${message}: found ${found}, allowed: ${allowed}`,
        exitCode: 2,
      });
    }
    this.trustPolicy = provenTrustPolicy(role);
    const resource = new IamRole(this, "Default", {
      name: role.name,
      path: terraformLiteral(role.path),
      ...(role.description === "" ? {} : { description: terraformLiteral(role.description) }),
      maxSessionDuration: role.sessionSeconds,
      assumeRolePolicy: terraformLiteral(this.trustPolicy),
      ...(role.permissionsBoundary === undefined
        ? {}
        : { permissionsBoundary: terraformLiteral(role.permissionsBoundary) }),
      ...(Object.keys(role.awsTags).length === 0 ? {} : { tags: { ...role.awsTags } }),
      ...(role.isProtected ? { lifecycle: { preventDestroy: true } } : {}),
      ...taggingOf(this, role),
    });
    this.arn = resource.arn;
    // Read once: cdktf makes a token each time, and resolves each of them.
    const { name } = resource;
    this.addInlinePolicies(role, name);
    this.addManagedPolicies(role, name);
  }

  private addInlinePolicies(role: AnyRole, roleName: string): void {
    const written = inlinePolicyTexts(role).map(
      ({ name, text, isFile }) =>
        new IamRolePolicy(this, `inline_${isFile ? addressPart(name) : name}`, {
          role: roleName,
          name: terraformLiteral(name),
          policy: terraformLiteral(text),
        }),
    );
    new IamRolePoliciesExclusive(this, "only_these_inline", {
      roleName,
      policyNames: written.map((policy) => policy.name),
    });
  }

  private addManagedPolicies(role: AnyRole, roleName: string): void {
    const attached = role.policies.map(
      (policyArn) =>
        new IamRolePolicyAttachment(this, `attached_${addressPart(policyArn)}`, {
          role: roleName,
          policyArn: terraformLiteral(policyArn),
        }),
    );
    new IamRolePolicyAttachmentsExclusive(this, "only_these_attached", {
      roleName,
      policyArns: attached.map((attachment) => attachment.policyArn),
    });
  }
}
