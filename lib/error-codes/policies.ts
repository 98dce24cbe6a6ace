import type { ErrorGroup } from "./error-group";

export const POLICIES = {
  title: "Tokens, trust policies and proofs",
  guide: "trust-proof.md",
  intro:
    "Errors of the engine behind `synth`, `explain` and `audit`. Findings of `audit` are in [findings.md](findings.md).",
  codes: {
    "token-not-read": {
      cause: "The text is not a token and not its claims.",
      fix: "Pass a JWT such as `$CIRCLE_OIDC_TOKEN_V2`, or its claims as JSON.",
    },
    "policy-not-read": {
      cause: "A policy has an element that IAM does not allow or that this project does not evaluate.",
      fix: "Correct the element that the message names.",
    },
    "policy-input-unknown": {
      cause: "The file holds no trust policies in a known form.",
      fix: "Pass one of the forms that [findings.md](findings.md) lists.",
    },
    "policy-input-unreadable": {
      cause: "The file is in a form that cannot be read.",
      fix: "Run the command that the message names, and pass its output.",
    },
    "state-format": {
      cause: "The Terraform state has an unsupported format version.",
      fix: "Pass the output of `terraform show -json` instead.",
    },
    "trust-policy-not-exact": {
      cause:
        "The trust policy that was written accepts a token that it should not, or denies one that it should accept. Nothing was written.",
      fix: "Report it: this is an error in this project.",
    },
    "trust-policy-not-proven": {
      cause: "The trust policy that was written could not be proven. Nothing was written.",
      fix: "Report it: this is an error in this project.",
    },
    "trust-file-not-exact": {
      cause: "A trust policy file does not accept exactly the tokens that `people` and refs describe.",
      fix: "Remove `trust` to have the policy written, or remove `people` and refs to keep the file as hand-written.",
    },
    "trust-file-not-proven": {
      cause:
        "It could not be proven that a trust policy file accepts exactly the tokens that `people` and refs describe.",
      fix: "Remove `trust` to have the policy written, or remove `people` and refs to keep the file as hand-written.",
    },
    "proof-budget-spent": {
      cause: "The proof takes more steps than the limit.",
      fix: "Use fewer wildcards in the middle of patterns, or fewer conditions.",
    },
    "proof-not-exact": {
      cause: "A value cannot be represented exactly, so nothing is proven about it.",
      fix: "Write the value without the element that the message names.",
    },
    "explanation-differs": {
      cause: "access.yaml and the trust policy disagree about a token.",
      fix: "Report it: this is an error in this project.",
    },
  },
} as const satisfies ErrorGroup;
