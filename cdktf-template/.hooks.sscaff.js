// A template of cdktf: `cdktf init --template=FOLDER --local`. It makes the project of `oidc init .`,
// which asks for what git, CircleCI and AWS do not say. `OIDC_INIT`
// holds options of `oidc init`, for calls that cannot ask.
const { execFileSync } = require("node:child_process");
const { existsSync } = require("node:fs");
const path = require("node:path");

const root = path.join(__dirname, "..");
const installed = path.join(root, "bin", "oidc.cjs");
const command = existsSync(installed) ? [installed] : [path.join(root, "setup", "run.mjs"), "cli/oidc.ts"];

const options = (process.env.OIDC_INIT || "").split(" ").filter((word) => word !== "");

exports.post = ({ silent }) =>
  execFileSync(process.execPath, [...command, "init", ".", ...options], {
    stdio: silent === "true" ? "pipe" : "inherit",
  });
