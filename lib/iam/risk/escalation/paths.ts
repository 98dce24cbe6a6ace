import type { RiskyCall } from "../possible";
import { attaching, on, onOthers, onUnnamed, passRole, unbounded } from "./calls";

/** A way to permissions that a principal does not have. */
export interface EscalationPath {
  /** Stable, such as `iam-create-policy-version`. */
  readonly id: string;
  /**
   * Ids in public catalogues: of pathfinding.cloud (`iam-001`), and the numbers of Rhino Security
   * Labs' "AWS IAM Privilege Escalation Methods" (`rhino-1`). Several, where a catalogue lists
   * longer ways of which this one is enough. Empty: from AWS's documentation alone.
   */
  readonly from: readonly string[];
  /** In the order in which they are made; each must be allowed. */
  readonly calls: readonly RiskyCall[];
}

function path(id: string, from: string, ...calls: readonly RiskyCall[]): EscalationPath {
  return { id, from: from.split(" ").filter((one) => one !== ""), calls };
}

/** Ways by IAM and by roles alone. */
const IDENTITY: readonly EscalationPath[] = [
  path("iam-create-policy-version", "iam-001 iam-016 iam-020 rhino-1", on("iam:CreatePolicyVersion")),
  path("iam-set-default-policy-version", "rhino-2", on("iam:SetDefaultPolicyVersion")),
  path("iam-create-access-key", "iam-002 iam-003 rhino-4", onOthers("iam:CreateAccessKey")),
  path("iam-create-login-profile", "iam-004 rhino-5", onOthers("iam:CreateLoginProfile")),
  path("iam-update-login-profile", "iam-006 rhino-6", onOthers("iam:UpdateLoginProfile")),
  path("iam-put-user-policy", "iam-007 iam-018 rhino-10", unbounded("iam:PutUserPolicy")),
  path("iam-put-group-policy", "iam-011 rhino-11", on("iam:PutGroupPolicy")),
  path("iam-put-role-policy", "iam-005 iam-017 iam-021 rhino-12", unbounded("iam:PutRolePolicy")),
  path("iam-attach-user-policy", "iam-008 iam-015 rhino-7", attaching("iam:AttachUserPolicy", "unbounded")),
  path("iam-attach-group-policy", "iam-010 rhino-8", attaching("iam:AttachGroupPolicy", "any")),
  path(
    "iam-attach-role-policy",
    "iam-009 iam-014 iam-019 rhino-9",
    attaching("iam:AttachRolePolicy", "unbounded"),
  ),
  path("iam-add-user-to-group", "iam-013 rhino-13", on("iam:AddUserToGroup")),
  path("iam-update-assume-role-policy", "iam-012 rhino-14", unbounded("iam:UpdateAssumeRolePolicy")),
  path("sts-assume-role", "sts-001", onUnnamed("sts:AssumeRole")),
  // A boundary that can be removed limits nothing (IAM User Guide, "Permissions boundaries").
  path("iam-delete-role-boundary", "", on("iam:DeleteRolePermissionsBoundary")),
  path("iam-delete-user-boundary", "", on("iam:DeleteUserPermissionsBoundary")),
  // Metadata of another identity provider sign for every role that trusts it (IAM API Reference).
  path("iam-update-saml-provider", "", on("iam:UpdateSAMLProvider")),
  // IAM Identity Center API Reference: each changes what users and groups may do in accounts.
  path("sso-create-account-assignment", "", on("sso:CreateAccountAssignment")),
  path("sso-put-inline-policy", "", on("sso:PutInlinePolicyToPermissionSet")),
  path("sso-attach-managed-policy", "", on("sso:AttachManagedPolicyToPermissionSet")),
];

/** Ways by a role that is passed to a service, which then acts as it. */
const PASSED: readonly EscalationPath[] = [
  path("apprunner-create", "apprunner-001", passRole("tasks.apprunner"), on("apprunner:CreateService")),
  path(
    "bedrock-code-interpreter",
    "bedrock-001",
    passRole("bedrock-agentcore"),
    on("bedrock-agentcore:CreateCodeInterpreter"),
    on("bedrock-agentcore:StartCodeInterpreterSession"),
    on("bedrock-agentcore:InvokeCodeInterpreter"),
  ),
  path(
    "cloudformation-create-stack",
    "cloudformation-001 rhino-21",
    passRole("cloudformation"),
    on("cloudformation:CreateStack"),
  ),
  path(
    "cloudformation-create-stack-set",
    "cloudformation-003",
    passRole("cloudformation"),
    on("cloudformation:CreateStackSet"),
    on("cloudformation:CreateStackInstances"),
  ),
  path(
    "cloudformation-update-stack-set",
    "cloudformation-004",
    passRole("cloudformation"),
    on("cloudformation:UpdateStackSet"),
  ),
  path(
    "codebuild-create-project",
    "codebuild-001",
    passRole("codebuild"),
    on("codebuild:CreateProject"),
    on("codebuild:StartBuild"),
  ),
  path(
    "codebuild-create-project-batch",
    "codebuild-004",
    passRole("codebuild"),
    on("codebuild:CreateProject"),
    on("codebuild:StartBuildBatch"),
  ),
  path("codestar-create-project", "rhino-24", passRole("codestar"), on("codestar:CreateProject")),
  path(
    "datapipeline-create",
    "datapipeline-001 rhino-22",
    passRole("datapipeline"),
    on("datapipeline:CreatePipeline"),
    on("datapipeline:PutPipelineDefinition"),
    on("datapipeline:ActivatePipeline"),
  ),
  path("ec2-run-instances", "ec2-001 rhino-3", passRole("ec2"), on("ec2:RunInstances")),
  path("ec2-request-spot-instances", "ec2-003", passRole("ec2"), on("ec2:RequestSpotInstances")),
  path(
    "ecs-create-service",
    "ecs-001 ecs-003",
    passRole("ecs-tasks"),
    on("ecs:RegisterTaskDefinition"),
    on("ecs:CreateService"),
  ),
  path(
    "ecs-run-task",
    "ecs-002 ecs-004",
    passRole("ecs-tasks"),
    on("ecs:RegisterTaskDefinition"),
    on("ecs:RunTask"),
  ),
  path(
    "ecs-start-task",
    "ecs-005",
    passRole("ecs-tasks"),
    on("ecs:RegisterTaskDefinition"),
    on("ecs:StartTask"),
  ),
  path("glue-create-dev-endpoint", "glue-001 rhino-19", passRole("glue"), on("glue:CreateDevEndpoint")),
  path("glue-create-job", "glue-003", passRole("glue"), on("glue:CreateJob"), on("glue:StartJobRun")),
  path(
    "glue-create-job-trigger",
    "glue-004",
    passRole("glue"),
    on("glue:CreateJob"),
    on("glue:CreateTrigger"),
  ),
  path("glue-update-job", "glue-005", passRole("glue"), on("glue:UpdateJob"), on("glue:StartJobRun")),
  path(
    "glue-update-job-trigger",
    "glue-006",
    passRole("glue"),
    on("glue:UpdateJob"),
    on("glue:CreateTrigger"),
  ),
  path(
    "lambda-create-function",
    "lambda-001 rhino-15",
    passRole("lambda"),
    on("lambda:CreateFunction"),
    on("lambda:InvokeFunction"),
  ),
  path(
    "lambda-create-function-event-source",
    "lambda-002 rhino-17",
    passRole("lambda"),
    on("lambda:CreateFunction"),
    on("lambda:CreateEventSourceMapping"),
  ),
  path(
    "lambda-create-function-permission",
    "lambda-006 rhino-16",
    passRole("lambda"),
    on("lambda:CreateFunction"),
    on("lambda:AddPermission"),
  ),
  path(
    "sagemaker-create-notebook",
    "sagemaker-001 rhino-27",
    passRole("sagemaker"),
    on("sagemaker:CreateNotebookInstance"),
  ),
  path(
    "sagemaker-create-training-job",
    "sagemaker-002",
    passRole("sagemaker"),
    on("sagemaker:CreateTrainingJob"),
  ),
  path(
    "sagemaker-create-processing-job",
    "sagemaker-003",
    passRole("sagemaker"),
    on("sagemaker:CreateProcessingJob"),
  ),
];

/** Ways by a resource that exists and has a role. */
const EXISTING: readonly EscalationPath[] = [
  path("apprunner-update", "apprunner-002", onUnnamed("apprunner:UpdateService")),
  path(
    "bedrock-existing-code-interpreter",
    "bedrock-002",
    onUnnamed("bedrock-agentcore:StartCodeInterpreterSession"),
    onUnnamed("bedrock-agentcore:InvokeCodeInterpreter"),
  ),
  path("cloudformation-update-stack", "cloudformation-002", onUnnamed("cloudformation:UpdateStack")),
  path(
    "cloudformation-change-set",
    "cloudformation-005",
    onUnnamed("cloudformation:CreateChangeSet"),
    onUnnamed("cloudformation:ExecuteChangeSet"),
  ),
  path("codebuild-start-build", "codebuild-002", onUnnamed("codebuild:StartBuild")),
  path("codebuild-start-build-batch", "codebuild-003", onUnnamed("codebuild:StartBuildBatch")),
  path(
    "codestar-associate-team-member",
    "rhino-25",
    on("codestar:CreateProject"),
    on("codestar:AssociateTeamMember"),
  ),
  path("codestar-create-project-from-template", "rhino-23", on("codestar:CreateProjectFromTemplate")),
  path(
    "ec2-modify-instance",
    "ec2-002",
    onUnnamed("ec2:ModifyInstanceAttribute"),
    onUnnamed("ec2:StopInstances"),
    onUnnamed("ec2:StartInstances"),
  ),
  path(
    "ec2-modify-launch-template",
    "ec2-004",
    onUnnamed("ec2:CreateLaunchTemplateVersion"),
    onUnnamed("ec2:ModifyLaunchTemplate"),
  ),
  path("ec2-send-ssh-key", "ec2instanceconnect-003", onUnnamed("ec2-instance-connect:SendSSHPublicKey")),
  path("glue-update-dev-endpoint", "glue-002 rhino-20", onUnnamed("glue:UpdateDevEndpoint")),
  path(
    "lambda-update-code",
    "lambda-003 lambda-004 lambda-005 rhino-18",
    onUnnamed("lambda:UpdateFunctionCode"),
  ),
  path("lambda-update-configuration", "rhino-26", onUnnamed("lambda:UpdateFunctionConfiguration")),
  path(
    "sagemaker-open-notebook",
    "sagemaker-004 rhino-28",
    onUnnamed("sagemaker:CreatePresignedNotebookInstanceUrl"),
  ),
  path(
    "sagemaker-lifecycle-config",
    "sagemaker-005",
    on("sagemaker:CreateNotebookInstanceLifecycleConfig"),
    onUnnamed("sagemaker:StopNotebookInstance"),
    onUnnamed("sagemaker:UpdateNotebookInstance"),
    onUnnamed("sagemaker:StartNotebookInstance"),
  ),
  path("ssm-start-session", "ssm-001", onUnnamed("ssm:StartSession")),
  path("ssm-send-command", "ssm-002", onUnnamed("ssm:SendCommand")),
];

/** All of them: the calls of each in a table in docs/review/risk.md. */
export const ESCALATION_PATHS: readonly EscalationPath[] = [...IDENTITY, ...PASSED, ...EXISTING];
