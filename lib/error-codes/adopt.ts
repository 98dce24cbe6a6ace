import type { ErrorGroup } from "./error-group";

export const ADOPT = {
  title: "Adoption of existing resources",
  guide: "adopt.md",
  intro: "Errors of `adopt`, of imports.json and of the check before a deploy.",
  codes: {
    "aws-not-asked": {
      cause: "A read call to AWS failed. Nothing was written.",
      fix: "Sign in again, or give the caller the policy of `adopt --print-policy`.",
    },
    "bucket-missing": {
      cause: "The account has no bucket of this name.",
      fix: "Check `--bucket` and the account.",
    },
    "state-not-read": {
      cause: "An object in the state bucket is not a known Terraform state.",
      fix: "Check what the state bucket holds.",
    },
    "states-not-seen": {
      cause: "The states of the account cannot be read.",
      fix: "Give the caller the policy of `adopt --print-policy`.",
    },
    "imports-not-read": {
      cause: "imports.json does not have the form that `adopt` writes.",
      fix: "Restore it from git, or remove it and run `adopt` again.",
    },
    "imported-twice": {
      cause: "imports.json would import one object to two addresses.",
      fix: "Remove one of the two entries.",
    },
    "import-conflict": {
      cause: "imports.json imports another object to an address than access.yaml now declares.",
      fix: "Remove the entry, or restore access.yaml.",
    },
    "import-held-elsewhere": {
      cause: "An object that would be imported is already in another state of this project.",
      fix: "Rename nothing that is deployed, or release the object first.",
    },
    "import-id-unknown": {
      cause: "It is unknown how a resource of this type is imported.",
      fix: "Report it: this is an error in this project.",
    },
    "import-account-unknown": {
      cause: "imports.json names an account that access.yaml does not.",
      fix: "Run `adopt` again, or correct imports.json.",
    },
    "import-stack-unknown": {
      cause: "imports.json names a stack that access.yaml does not declare.",
      fix: "Run `adopt` again, or correct imports.json.",
    },
    "import-address-unknown": {
      cause: "imports.json imports to an address that access.yaml does not declare.",
      fix: "Run `adopt` again, or correct imports.json.",
    },
    "forget-still-declared": {
      cause: "imports.json removes a resource from the state that access.yaml still declares.",
      fix: "Run `adopt` again, or correct imports.json.",
    },
    "deploy-over-existing": {
      cause: "A deploy would create objects that exist in the account. Nothing was deployed.",
      fix: "Adopt them first.",
    },
    "adopt-interrupted": {
      cause: "An earlier `adopt` was interrupted while it wrote its files.",
      fix: "Review access.yaml and imports.json with `git diff`, and run `adopt` again.",
    },
  },
} as const satisfies ErrorGroup;
