import path from "node:path";
import { run } from "../../../lib/process/run";
import { repositoryRoot } from "../../../lib/programs/cache";
import { ownProgram } from "../../../lib/programs/own-program";

function doctor(...args: readonly string[]) {
  const { AWS_PROFILE: _, AWS_ACCESS_KEY_ID: __, CIRCLE_TOKEN: ___, ...env } = process.env;
  const [program, ...first] = ownProgram("cli/oidc.ts");
  return run(program, [...first, "doctor", ...args], {
    cwd: repositoryRoot,
    env: {
      ...env,
      OIDC_ACCESS_FILE: path.join("examples", "talk", "access.yaml"),
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    },
  });
}

test("without credentials it runs the other checks and ends with 1; --json prints only JSON", async () => {
  const { exitCode, stdout } = await doctor("--json");
  expect(exitCode).toBe(1);
  const { checks, stops } = JSON.parse(stdout);
  expect(stops).toBe(1);
  const states = Object.fromEntries(
    checks.map((one: { what: string; state: string }) => [one.what, one.state]),
  );
  expect(states).toMatchObject({
    Node: "good",
    Terraform: "good",
    cdktf: "good",
    "access.yaml": "good",
    credentials: "wrong",
    forks: "good",
  });
});
