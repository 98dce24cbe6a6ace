import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { run } from "../../lib/process/run";
import { prepareTools } from "../../lib/terraform/prepare";
import { AUTHORITY, type Company, startCompany } from "./company";

let company: Company;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "children-"));
  company = await startCompany();
});
afterAll(async () => {
  await company.close();
  rmSync(folder, { recursive: true, force: true });
});

test("the AWS CLI and Terraform go through the proxy, trust the company's authority, and reach this machine directly", async () => {
  const usual = Object.entries(process.env).filter(([name]) => !/proxy|_CA_|CERT|^AWS_/i.test(name));
  const given = {
    ...Object.fromEntries(usual),
    ALL_PROXY: company.proxy,
    NODE_EXTRA_CA_CERTS: AUTHORITY,
  };
  const { environment, terraform } = await prepareTools(["aws", "terraform"], { env: given });
  const env = {
    ...given,
    ...environment,
    AWS_ACCESS_KEY_ID: "key",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_MAX_ATTEMPTS: "1",
  };
  const source = "registry.company.test/a/b";
  const providers = { terraform: { required_providers: { x: { source } } } };
  writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify(providers));
  await Promise.all([
    run("aws", ["sts", "get-caller-identity"], { env }),
    run("aws", ["sts", "get-caller-identity", "--endpoint-url", company.server], { env }),
    run(terraform, ["init", "-no-color"], { cwd: folder, env }),
  ]);
  expect(new Set(company.asked)).toEqual(
    new Set(["sts.us-east-1.amazonaws.com:443", "registry.company.test:443"]),
  );
  // Twice the AWS CLI: by the proxy, and directly.
  expect(company.reached.filter((call) => call === "POST /")).toHaveLength(2);
  expect(company.reached).toContain("GET /.well-known/terraform.json");
});
