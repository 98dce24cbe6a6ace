import { on, onUnnamed } from "./calls";
import { type EscalationPath, escalation } from "./escalation-path";

/** Ways by a resource that exists and has a role. */
export const EXISTING_ROLE_PATHS: readonly EscalationPath[] = [
  escalation("apprunner-update", "apprunner-002", onUnnamed("apprunner:UpdateService")),
  escalation(
    "bedrock-existing-code-interpreter",
    "bedrock-002",
    onUnnamed("bedrock-agentcore:StartCodeInterpreterSession"),
    onUnnamed("bedrock-agentcore:InvokeCodeInterpreter"),
  ),
  escalation("cloudformation-update-stack", "cloudformation-002", onUnnamed("cloudformation:UpdateStack")),
  escalation(
    "cloudformation-change-set",
    "cloudformation-005",
    onUnnamed("cloudformation:CreateChangeSet"),
    onUnnamed("cloudformation:ExecuteChangeSet"),
  ),
  escalation("codebuild-start-build", "codebuild-002", onUnnamed("codebuild:StartBuild")),
  escalation("codebuild-start-build-batch", "codebuild-003", onUnnamed("codebuild:StartBuildBatch")),
  escalation(
    "codestar-associate-team-member",
    "rhino-25",
    on("codestar:CreateProject"),
    on("codestar:AssociateTeamMember"),
  ),
  escalation("codestar-create-project-from-template", "rhino-23", on("codestar:CreateProjectFromTemplate")),
  escalation(
    "ec2-modify-instance",
    "ec2-002",
    onUnnamed("ec2:ModifyInstanceAttribute"),
    onUnnamed("ec2:StopInstances"),
    onUnnamed("ec2:StartInstances"),
  ),
  escalation(
    "ec2-modify-launch-template",
    "ec2-004",
    onUnnamed("ec2:CreateLaunchTemplateVersion"),
    onUnnamed("ec2:ModifyLaunchTemplate"),
  ),
  escalation(
    "ec2-send-ssh-key",
    "ec2instanceconnect-003",
    onUnnamed("ec2-instance-connect:SendSSHPublicKey"),
  ),
  escalation("glue-update-dev-endpoint", "glue-002 rhino-20", onUnnamed("glue:UpdateDevEndpoint")),
  escalation(
    "lambda-update-code",
    "lambda-003 lambda-004 lambda-005 rhino-18",
    onUnnamed("lambda:UpdateFunctionCode"),
  ),
  escalation("lambda-update-configuration", "rhino-26", onUnnamed("lambda:UpdateFunctionConfiguration")),
  escalation(
    "sagemaker-open-notebook",
    "sagemaker-004 rhino-28",
    onUnnamed("sagemaker:CreatePresignedNotebookInstanceUrl"),
  ),
  escalation(
    "sagemaker-lifecycle-config",
    "sagemaker-005",
    on("sagemaker:CreateNotebookInstanceLifecycleConfig"),
    onUnnamed("sagemaker:StopNotebookInstance"),
    onUnnamed("sagemaker:UpdateNotebookInstance"),
    onUnnamed("sagemaker:StartNotebookInstance"),
  ),
  escalation("ssm-start-session", "ssm-001", onUnnamed("ssm:StartSession")),
  escalation("ssm-send-command", "ssm-002", onUnnamed("ssm:SendCommand")),
];
