import type { ErrorGroup } from "./error-group";

export const FILES = {
  title: "Files and arguments",
  guide: "operations.md",
  intro: "Errors that any command can report about its arguments and files.",
  codes: {
    "wrong-call": {
      cause: "The arguments contradict each other or leave something open.",
      fix: "Change the arguments as the message says.",
    },
    "unknown-stack": {
      cause: "No stack has this name.",
      fix: "Correct the name; the message lists the stacks.",
    },
    "access-file-missing": {
      cause: "access.yaml does not exist.",
      fix: "Write one (`npm run -s oidc -- init`), or set `OIDC_ACCESS_FILE`.",
    },
    "access-file-exists": {
      cause: "`init` does not overwrite an existing access.yaml.",
      fix: "Edit the file, or move it away.",
    },
    "access-file-unreadable": {
      cause: "access.yaml cannot be read.",
      fix: "Check the path and the permissions of the file.",
    },
    "access-file-too-large": {
      cause: "access.yaml is larger than 5 MiB.",
      fix: "Check that `OIDC_ACCESS_FILE` names the right file.",
    },
    "access-file-not-utf8": { cause: "access.yaml is not UTF-8 text.", fix: "Save it as UTF-8." },
    "input-missing": {
      cause: "A file that an argument names does not exist.",
      fix: "Check the path, or use `-` for standard input.",
    },
    "input-unreadable": {
      cause: "A file that an argument names cannot be read.",
      fix: "Check the path and the permissions of the file.",
    },
    "input-too-large": {
      cause: "A file that an argument names is larger than the limit that the message names.",
      fix: "Check that the path is right.",
    },
    "input-not-utf8": { cause: "A file that an argument names is not UTF-8 text.", fix: "Save it as UTF-8." },
    "json-not-read": {
      cause: "A document is not valid JSON.",
      fix: "Write the document as JSON (RFC 8259), each key of an object once.",
    },
    "yaml-not-read": {
      cause: "A document is not valid YAML.",
      fix: "Write one YAML 1.2 document, each key of a map once.",
    },
    "not-written": {
      cause: "A file cannot be written.",
      fix: "Check the path, the permissions and the free space.",
    },
    "accept-not-read": {
      cause: "A line of a file of acceptances has an invalid form.",
      fix: "Write one acceptance a line: `ID until DATE because REASON`.",
    },
    "git-missing": { cause: "git cannot be started.", fix: "Install git and put it on the `PATH`." },
    "git-failed": {
      cause: "A git command failed.",
      fix: "Read git's own message, which the error includes.",
    },
    "report-no-history": {
      cause: "`report --at` asks for a past moment, and access.yaml has no git history.",
      fix: "Run it in a clone of the repository, or leave `--at` out.",
    },
    "report-history-too-short": {
      cause: "The branch's history begins after the moment that `report --at` asks for.",
      fix: "Fetch the whole history (`git fetch --unshallow`), or ask for a later moment.",
    },
    "report-commit-unknown": {
      cause: "`report --compare` names neither a commit of the repository nor a moment.",
      fix: "Name a branch, tag or hash, a day (`2026-03-31`) or a time with its zone.",
    },
    "report-file-absent": {
      cause: "The newest commit at the moment that `report --at` asks for does not have access.yaml.",
      fix: "Ask for a later moment, or check the path (`OIDC_ACCESS_FILE`).",
    },
    "report-version-unreadable": {
      cause:
        "The version of access.yaml at the moment of `report --at` is not valid for this version of the program.",
      fix: "Look at it with `git show COMMIT:access.yaml`; ask for another moment.",
    },
    interrupted: { cause: "The command was interrupted before it wrote anything.", fix: "Run it again." },
    "flags-taken-by-npm": {
      cause: "Because `--` is missing before them, npm took options of the command as its own.",
      fix: "Write `--` before the command's arguments: `npm run -s oidc -- explain --person bob`.",
    },
    "needs-yes": {
      cause: "The command changes AWS and cannot ask for confirmation, because this is not a terminal.",
      fix: "Read what it is about to do, and add `--yes`.",
    },
    "needs-auto-approve": {
      cause: "The command asks for approval, and this is not a terminal.",
      fix: "Review the plan, then add `--auto-approve`.",
    },
    "plan-not-saved": {
      cause:
        "Terraform saved no plan of a stack, such as one whose runs are in HCP Terraform, so what was shown cannot be applied exactly.",
      fix: "Run `npm run deploy -- --verbose`: Terraform itself shows the plan, asks, and applies it.",
    },
    "pipeline-not-at-top": {
      cause: "`init FOLDER --pipeline` names a folder below the top of a git repository.",
      fix: "Make the project at the top of its repository, or leave out `--pipeline`.",
    },
    "project-file-exists": {
      cause: "`init FOLDER` would overwrite a file of the folder.",
      fix: "Name another folder, or move the file away.",
    },
    "not-installed": {
      cause: "`upgrade` compares with the installed package, and the project has none.",
      fix: "Run `npm install`; in a clone, merge the new version and review the branch.",
    },
    "version-not-named": {
      cause:
        "`upgrade` without `--to` compares with the latest version of the registry. The package was installed from a file, and the registry's package of that name may be another one.",
      fix: "Name the other version with `--to`, such as the path of its tarball.",
    },
    "version-not-installed": {
      cause: "The version that `upgrade --to` names cannot be installed by npm.",
      fix: "Name a version that exists, or the path of a tarball.",
    },
    "role-props-invalid": {
      cause: "The props of a `CircleCiRole` in your program are not valid; the message lists every problem.",
      fix: "Correct the props that the message names.",
    },
    "schema-stale": {
      cause: "A committed file is not what the code generates.",
      fix: "Run `npm run schema` and commit the file.",
    },
    "coverage-stale": {
      cause: "The committed table of resource types does not match the provider's schema.",
      fix: "Run `npm run coverage`, review the difference and commit the file.",
    },
    "unknown-scene": {
      cause: "The argument of `npm run golden` is not a scenario.",
      fix: "Pass one of the scenarios that the message lists.",
    },
  },
} as const satisfies ErrorGroup;
