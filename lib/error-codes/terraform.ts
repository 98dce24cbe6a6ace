import type { ErrorGroup } from "./error-group";

export const TERRAFORM = {
  title: "Terraform, tools and stacks",
  guide: "operations.md",
  intro: "Errors of programs that this project runs or installs, and of stacks.",
  codes: {
    "terraform-failed": {
      cause: "A Terraform command failed.",
      fix: "Read Terraform's own message, which the error includes.",
    },
    "terraform-version": {
      cause: "Terraform does not report its version.",
      fix: "Check which program `TERRAFORM_BINARY_NAME` or the `PATH` names.",
    },
    "terraform-unpack": {
      cause: "The downloaded Terraform archive cannot be unpacked.",
      fix: "Free disk space and run the command again.",
    },
    "state-locked": {
      cause: "Another run holds the state lock.",
      fix: "Wait for it; after a run that was killed, use `npm run unlock`.",
    },
    "stack-not-synthesised": {
      cause: "The stack has not been synthesized yet.",
      fix: "Run `npm run synth`.",
    },
    "not-synthesised": { cause: "The folder does not hold synthesized stacks.", fix: "Run `npm run synth`." },
    "synth-failed": {
      cause: "The stacks could not be synthesized.",
      fix: "Read the message of the synth, which the error includes.",
    },
    "packages-missing": {
      cause: "The stacks are declared with packages that are not installed beside `cdktf-circleci-oidc`.",
      fix: "Install them: `npm install cdktf constructs @cdktf/provider-aws`, or those of [CDK Terrain](cdktn.md).",
    },
    "cdktf-node": {
      cause: "The CLI of CDK Terrain needs a newer Node than the one that runs.",
      fix: "Install the version that the message names. Only `synth`, `diff`, `deploy`, `destroy` and `bootstrap` need it.",
    },
    "cdktf-file": {
      cause: "There is no cdktf.json, or it names no program, so cdktf cannot be run.",
      fix: 'Add one, such as `"app": "node --import tsx main.ts"`.',
    },
    "stack-override": {
      cause: "Code adds an override to a stack, which this project's stacks ignore.",
      fix: "Put the override on a resource, or write a `TerraformElement`.",
    },
    "cdktf-token-in-text": {
      cause: "A text of access.yaml contains a cdktf token (`{TfToken[`).",
      fix: "Remove `{TfToken[` from the text.",
    },
    "provider-schema": {
      cause: "`terraform providers schema -json` does not describe the provider.",
      fix: "Run `terraform init` with this provider first.",
    },
    "provider-download": {
      cause: "Terraform could not download the AWS provider.",
      fix: "Check the network and `HTTPS_PROXY`, or set `TF_PROVIDER_MIRROR`.",
    },
    "provider-version-variable": {
      cause: "`OIDC_PROVIDER_VERSION` is not a version or range of the AWS provider that this project knows.",
      fix: "Set it to a version, such as `6.25.0`, or unset it.",
    },
    "provider-mirror": {
      cause: "`TF_PROVIDER_MIRROR` names a folder without the required AWS provider.",
      fix: "Name the folder that holds `registry.terraform.io/`, or unset the variable.",
    },
    "provider-mirror-writable": {
      cause: "Other users of the machine may write to the mirror that `TF_PROVIDER_MIRROR` names.",
      fix: "Take write permission from others, or copy the mirror to a folder that only you and root may write.",
    },
    "cache-read-only": {
      cause: "The cache folder for downloaded tools cannot be written.",
      fix: "Make it writable, or set `OIDC_CACHE_DIR`.",
    },
    "download-failed": {
      cause: "A tool could not be downloaded.",
      fix: "Check the network and `HTTPS_PROXY`, then run the command again.",
    },
    "download-wrong-hash": {
      cause: "A downloaded file does not have the expected SHA-256 hash and was deleted.",
      fix: "Try again; if it persists, a mirror or proxy alters files: do not continue.",
    },
    "tools-missing": {
      cause: "The machine lacks required programs.",
      fix: "Install those that the message lists.",
    },
    "python-packages": {
      cause: "moto and the AWS CLI could not be installed.",
      fix: "Check the network, `HTTPS_PROXY` and pip's index, then run the command again.",
    },
  },
} as const satisfies ErrorGroup;
