import { refuseFlagsTakenByNpm } from "../../lib/terminal/npm-flags";

const FLAGS = ["--person", "--dry-run", "--no-check", "--yes"];

test.each([
  ["--person", ["explain", "bob"], { npm_config_person: "true" }],
  ["--dry-run", ["adopt"], { npm_config_dry_run: "true" }],
  ["--no-check", ["adopt"], { npm_config_check: "" }],
])("%s without -- before it: the error explains it", (flag, args, env) => {
  expect(() => refuseFlagsTakenByNpm(FLAGS, args, { ...env, npm_lifecycle_event: "oidc" })).toThrow(
    expect.objectContaining({
      code: "flags-taken-by-npm",
      found: flag,
      exitCode: 2,
      fix: expect.stringContaining(`npm run -s oidc -- ${args[0]} ${flag} …`),
    }),
  );
});

test.each([
  ["a flag that the command received", ["explain", "--person", "bob"], { npm_config_person: "bob" }],
  ["a flag with its value", ["explain", "--person=bob"], { npm_config_person: "bob" }],
  ["a variable of another option", ["explain"], { npm_config_loglevel: "silent" }],
  ["--no-check, if npm has --check", ["adopt"], { npm_config_check: "true" }],
  ["--yes, which CI sets for npx", ["init"], { npm_config_yes: "true" }],
])("%s is accepted", (_, args, env) => {
  expect(() => refuseFlagsTakenByNpm(FLAGS, args, env)).not.toThrow();
});
