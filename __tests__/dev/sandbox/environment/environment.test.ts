import path from "node:path";
import {
  clearedVariables,
  insideSandbox,
  sandboxEnvironment,
  shellExports,
} from "../../../../dev/sandbox/environment/environment";
import { repositoryRoot } from "../../../../lib/programs/cache";

const own = {
  PATH: "/bin",
  AWS_PROFILE: "production",
  AWS_SESSION_TOKEN: "real",
  AWS_ENDPOINT_URL_STS: "https://sts.amazonaws.com",
  AWS_ACCESS_KEY_ID: "AKIAREAL",
  MOTO_ACCOUNT_ID: "999999999999",
  NO_PROXY: "corp.example",
};

test("a program in the sandbox gets none of the developer's AWS settings", () => {
  const environment = sandboxEnvironment("http://127.0.0.1:4000", own);
  const inside = insideSandbox(environment, own);
  expect(inside).toEqual({ PATH: "/bin", ...environment });
  expect(inside).toMatchObject({
    AWS_ENDPOINT_URL: "http://127.0.0.1:4000",
    AWS_CONFIG_FILE: path.join(repositoryRoot, "dev", "sandbox", "environment", "aws-config"),
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
    NO_PROXY: "corp.example,127.0.0.1,localhost",
  });
});

test("a shell unsets variables that are set, and those that could be", () => {
  const environment = sandboxEnvironment("http://127.0.0.1:4000", own);
  const cleared = clearedVariables(environment, own);
  expect(cleared).toEqual(
    expect.arrayContaining([
      "AWS_PROFILE",
      "AWS_SESSION_TOKEN",
      "AWS_ENDPOINT_URL_STS",
      "AWS_ROLE_ARN",
      "MOTO_ACCOUNT_ID",
    ]),
  );
  expect(cleared).not.toContain("AWS_ACCESS_KEY_ID");
  expect(cleared).not.toContain("PATH");
});

test("values are quoted for the shell", () => {
  expect(shellExports({ A: "it's $HOME" }, ["B", "C"])).toEqual(["unset B C", "export A='it'\\''s $HOME'"]);
});
