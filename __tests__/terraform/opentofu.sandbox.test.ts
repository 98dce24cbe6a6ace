import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { DEFAULT_AWS_PROVIDER } from "../../lib/config/rules/provider-version";
import { repositoryRoot } from "../../lib/programs/cache";
import { readAccess } from "../../lib/project/read-access";
import { prepareTools } from "../../lib/terraform/prepare";
import { mirrorAt } from "../../lib/terraform/provider-mirror";
import { Terraform } from "../../lib/terraform/terraform";
import { awsProviderAlone, terraformPlatform } from "../../lib/terraform/versions";
import { recordedProgress, removeScratchFolders, scratchFolder, writeProgram } from "../programs/support";

afterAll(removeScratchFolders);

/** Terraform behind the answers of OpenTofu: dev/e2e/opentofu. */
const TOFU = path.join(repositoryRoot, "dev", "e2e", "opentofu", "tofu");
const KEY = "arn:aws:kms:us-east-1:123456789012:key/0d5b4a52-9e7d-4c6f-8b7a-1d11f4602d2c";

/** What prints a version as OpenTofu does. */
const openTofu = (version: string) =>
  `case "$*" in *-json*) echo '{"terraform_version": "${version}", "provider_selections": {}}';; *) echo "OpenTofu v${version}";; esac`;

/** A provider that does nothing, below the host of a registry. */
async function mirror(host: string): Promise<string> {
  const folder = scratchFolder();
  const place = path.join(host, "hashicorp", "aws", DEFAULT_AWS_PROVIDER, terraformPlatform());
  await writeProgram(
    path.join(folder, place, `terraform-provider-aws_v${DEFAULT_AWS_PROVIDER}_x5`),
    "exit 1",
  );
  return folder;
}

function environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const home = scratchFolder();
  return {
    PATH: process.env.PATH,
    HOME: home,
    XDG_DATA_DIRS: home,
    OIDC_CACHE_DIR: scratchFolder(),
    ...more,
  };
}

async function product(script: string): Promise<string> {
  const program = await writeProgram(path.join(scratchFolder(), "tofu"), script);
  return (await prepareTools(["terraform"], { env: environment({ TERRAFORM_BINARY_NAME: program }) }))
    .product;
}

describe("the program that TERRAFORM_BINARY_NAME names", () => {
  it("is OpenTofu from 1.10, where S3 locking begins, or Terraform from 1.11", async () => {
    expect(await product(openTofu("1.10.0"))).toBe("OpenTofu");
    await expect(product(openTofu("1.9.4"))).rejects.toMatchObject({
      code: "tools-missing",
      found: expect.stringMatching(
        /or OpenTofu 1\.10\.0 or later: TERRAFORM_BINARY_NAME names .*, which is OpenTofu 1\.9\.4$/,
      ),
    });
    await expect(product(openTofu("1.10.0-rc1"))).rejects.toMatchObject({ code: "tools-missing" });
    const terraform = (version: string) =>
      `echo '{"terraform_version": "${version}", "provider_selections": {}, "terraform_outdated": false}'`;
    expect(await product(terraform("1.11.0"))).toBe("Terraform");
    await expect(product(terraform("1.10.0"))).rejects.toMatchObject({ code: "tools-missing" });
  });
});

describe("the provider of OpenTofu", () => {
  it("comes from below OpenTofu's own host: Terraform's mirror does not serve it", async () => {
    const [own, ofTerraform] = [await mirror("registry.opentofu.org"), await mirror("registry.terraform.io")];
    expect(mirrorAt(own, { product: "OpenTofu", version: DEFAULT_AWS_PROVIDER })?.layout).toBe("unpacked");
    expect(mirrorAt(own, { product: "Terraform", version: DEFAULT_AWS_PROVIDER })).toBeUndefined();
    expect(mirrorAt(ofTerraform, { product: "OpenTofu", version: DEFAULT_AWS_PROVIDER })).toBeUndefined();
    const env = environment({ TERRAFORM_BINARY_NAME: TOFU, TF_PROVIDER_MIRROR: ofTerraform });
    await expect(prepareTools(["provider"], { env })).rejects.toMatchObject({
      code: "provider-mirror",
      fix: expect.stringContaining("registry.opentofu.org/"),
    });
  });

  it("is used by every stack, with the settings of ~/.tofurc, and named so in the lock file", async () => {
    const folder = await mirror("registry.opentofu.org");
    const env = environment({ TERRAFORM_BINARY_NAME: TOFU, TF_PROVIDER_MIRROR: folder });
    await writeFile(
      path.join(env.HOME ?? "", ".terraformrc"),
      'credentials "terraform.example" {\n  token = "t"\n}\n',
    );
    await writeFile(path.join(env.HOME ?? "", ".tofurc"), 'credentials "tofu.example" {\n  token = "t"\n}\n');
    const tools = await prepareTools(["provider"], { env });
    const config = await readFile(tools.environment.TF_CLI_CONFIG_FILE ?? "", "utf8");
    expect(config).toContain('include = ["registry.opentofu.org/hashicorp/aws"]');
    expect(config).toContain('credentials "tofu.example"');
    expect(config).not.toContain("terraform.example");
    const stack = path.join(scratchFolder(), "stack");
    await mkdir(stack);
    await writeFile(path.join(stack, "cdk.tf.json"), awsProviderAlone(DEFAULT_AWS_PROVIDER));
    const tofu = new Terraform(tools.terraform, { ...process.env, ...tools.environment });
    await tofu.init(stack);
    expect(await readFile(path.join(stack, ".terraform.lock.hcl"), "utf8")).toContain(
      'provider "registry.opentofu.org/hashicorp/aws"',
    );
    await expect(tofu.showPlan(stack, "none.plan")).rejects.toThrow(/^`tofu show` failed/);
  });
});

describe("a state that OpenTofu encrypts", () => {
  it("is refused for Terraform, at its line, before anything is downloaded", async () => {
    const folder = scratchFolder();
    const file = path.join(folder, "access.yaml");
    const talk = await readFile(path.join(repositoryRoot, "examples", "talk", "access.yaml"), "utf8");
    const encrypted = talk.replace(
      "{ bucket: acme-terraform-state }",
      `\n      bucket: acme-terraform-state\n      encryption: { keyProvider: aws_kms, kmsKey: "${KEY}" }`,
    );
    await writeFile(file, encrypted);
    const line = encrypted.split("\n").findIndex((text) => text.includes("encryption:")) + 1;
    const access = readAccess(file);
    const terraform = await writeProgram(
      path.join(folder, "terraform"),
      `echo '{"terraform_version": "1.11.4"}'`,
    );
    const { progress, text } = recordedProgress();
    const prepare = (program: string) => {
      const env = environment({ TERRAFORM_BINARY_NAME: program, OIDC_ACCESS_FILE: file });
      return prepareTools(["terraform"], { env, access, accessFile: file, progress });
    };
    await expect(prepare(terraform)).rejects.toThrow(
      `${file}:${line}:7: error[encryption-needs-opentofu]: accounts.main.state.encryption: encryption needs OpenTofu`,
    );
    expect(text()).toBe("");
    expect((await prepare(TOFU)).product).toBe("OpenTofu");
  });
});
