import { readFileSync } from "node:fs";
import { chmod, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { machineProvider } from "../../dev/tools/machine-provider";
import { DEFAULT_AWS_PROVIDER } from "../../lib/config/rules/provider-version";
import { findPrograms } from "../../lib/programs/find-program";
import { hclString, userCliConfig } from "../../lib/terraform/cli-config";
import { type PrepareProvider, prepareProvider } from "../../lib/terraform/prepare-provider";
import { chooseProvider } from "../../lib/terraform/provider-choice";
import { pinnedHashes } from "../../lib/terraform/provider-hashes";
import { findMirror, mirrorAt } from "../../lib/terraform/provider-mirror";
import { terraformPlatform } from "../../lib/terraform/versions";
import {
  closeServers,
  recordedProgress,
  removeScratchFolders,
  runToEnd,
  scratchFolder,
  serve,
  writeProgram,
} from "../programs/support";

afterEach(closeServers);
afterAll(removeScratchFolders);

const name = `terraform-provider-aws_v${DEFAULT_AWS_PROVIDER}_x5`;
const [terraform = "terraform"] = findPrograms(process.env.TERRAFORM_BINARY_NAME ?? "terraform", process.env);

const WANTED = { product: "Terraform", version: DEFAULT_AWS_PROVIDER } as const;

/** An unpacked mirror with a provider that does nothing. */
async function unpackedMirror(folder: string, version = DEFAULT_AWS_PROVIDER): Promise<string> {
  const place = path.join("registry.terraform.io", "hashicorp", "aws", version, terraformPlatform());
  await writeProgram(path.join(folder, place, name), "exit 1");
  return folder;
}

async function prepare(env: NodeJS.ProcessEnv, more: Partial<PrepareProvider> = {}) {
  const { progress } = recordedProgress();
  const home = scratchFolder();
  const cache = scratchFolder();
  const complete = { PATH: process.env.PATH, HOME: home, XDG_DATA_DIRS: home, ...env };
  // The registry of these tests has a provider of its own.
  const hashes = more.provider === undefined ? { hashes: [`zh:${registryHash()}`] } : {};
  const provider = chooseProvider();
  const program = async () => terraform;
  const { product } = WANTED;
  const settings = { env: complete, cache, progress, roots: [], ...hashes };
  const defaults = { provider, product, terraform: program, ...settings };
  return prepareProvider({ ...defaults, ...more });
}

/**
 * What a stack sees: `terraform init` with what `prepareProvider` says, and no other way to a
 * provider.
 */
async function initStack(settings: Record<string, string>, version = DEFAULT_AWS_PROVIDER) {
  const stack = scratchFolder();
  const aws = { source: "hashicorp/aws", version };
  await writeFile(
    path.join(stack, "main.tf.json"),
    JSON.stringify({ terraform: { required_providers: { aws } } }),
  );
  const { TF_CLI_CONFIG_FILE: _file, TF_PLUGIN_CACHE_DIR: _cache, ...env } = process.env;
  const offline = { HTTPS_PROXY: "http://127.0.0.1:1", CHECKPOINT_DISABLE: "1" };
  return runToEnd(terraform, ["init", "-no-color"], { cwd: stack, env: { ...env, ...offline, ...settings } });
}

/** Of the archive that the registry below serves. */
function registryHash(): string {
  const sums = readFileSync(path.join(__dirname, "registry", "SHA256SUMS"), "utf8");
  return sums.split(" ")[0] ?? "";
}

/** The public registry's protocol, on loopback. What it serves: registry/README.md. */
async function registry() {
  const file = (name: string) => readFileSync(path.join(__dirname, "registry", name));
  const asked: string[] = [];
  const [os = "", arch = ""] = terraformPlatform().split("_");
  const filename = `terraform-provider-aws_${DEFAULT_AWS_PROVIDER}_${terraformPlatform()}.zip`;
  const shasum = file("SHA256SUMS").toString().split(" ")[0];
  const key = { key_id: "409E74909FA2BB02", ascii_armor: file("public-key.asc").toString() };
  const { url } = await serve((request, response) => {
    const at = request.url ?? "";
    if (request.method === "GET") asked.push(at);
    if (at.startsWith("/files/")) {
      response.end(file(path.basename(at)));
      return;
    }
    response.setHeader("content-type", "application/json");
    if (at.endsWith("/versions")) {
      const versions = [{ version: DEFAULT_AWS_PROVIDER, protocols: ["5.0"], platforms: [{ os, arch }] }];
      response.end(JSON.stringify({ versions }));
      return;
    }
    const urls = {
      download_url: `${url}/files/provider.zip`,
      shasums_url: `${url}/files/SHA256SUMS`,
      shasums_signature_url: `${url}/files/SHA256SUMS.sig`,
    };
    const signing_keys = { gpg_public_keys: [key] };
    response.end(JSON.stringify({ protocols: ["5.0"], os, arch, filename, shasum, signing_keys, ...urls }));
  });
  const config = `host "registry.terraform.io" {\n  services = { "providers.v1" = "${url}/v1/providers/" }\n}\n`;
  return { asked, config };
}

describe("the provider's version", () => {
  it("is the one that @cdktf/provider-aws was generated from", () => {
    const provider = new AwsProvider(new TerraformStack(Testing.app(), "stack"), "aws");
    expect(provider.terraformGeneratorMetadata?.providerVersion).toBe(DEFAULT_AWS_PROVIDER);
  });
});

describe("finding a mirror", () => {
  it("accepts only the pinned version for this platform, unpacked or packed", async () => {
    expect(mirrorAt(await unpackedMirror(scratchFolder()), WANTED)?.layout).toBe("unpacked");
    expect(mirrorAt(await unpackedMirror(scratchFolder(), "5.99.0"), WANTED)).toBeUndefined();
    const packed = scratchFolder();
    const folder = path.join(packed, "registry.terraform.io", "hashicorp", "aws");
    await mkdir(folder, { recursive: true });
    await writeFile(
      path.join(folder, `terraform-provider-aws_${DEFAULT_AWS_PROVIDER}_${terraformPlatform()}.zip`),
      "",
    );
    expect(mirrorAt(packed, WANTED)?.layout).toBe("packed");
  });

  it("searches Terraform's implied folders first", async () => {
    const home = scratchFolder();
    const root = scratchFolder();
    const env = { HOME: home, XDG_DATA_DIRS: home };
    expect(findMirror(env, WANTED, [root])).toBeUndefined();
    const usual = await unpackedMirror(path.join(root, "tools"));
    expect(findMirror(env, WANTED, [root])?.folder).toBe(usual);
    const deeper = await unpackedMirror(path.join(home, "terraform-mirrors", "all"));
    expect(findMirror({ HOME: root, XDG_DATA_DIRS: root }, WANTED, [home])?.folder).toBe(deeper);
    const implied = await unpackedMirror(path.join(home, ".local", "share", "terraform", "plugins"));
    expect(findMirror(env, WANTED, [root])?.folder).toBe(implied);
  });
});

describe("preparing the provider", () => {
  it("uses a mirror for every stack, without network", async () => {
    const root = scratchFolder();
    await unpackedMirror(path.join(root, "mirror"));
    const settings = await prepare({ TF_CLI_CONFIG_FILE: "/nowhere/at all" }, { roots: [root] });
    expect(await initStack(settings)).toMatchObject({ exitCode: 0 });
  });

  it("prefers TF_PROVIDER_MIRROR, and stops if it is wrong", async () => {
    const mirror = await unpackedMirror(scratchFolder());
    const settings = await prepare({ TF_PROVIDER_MIRROR: mirror });
    expect(await readFile(settings.TF_CLI_CONFIG_FILE ?? "", "utf8")).toContain(
      `path    = ${JSON.stringify(mirror)}`,
    );
    const empty = scratchFolder();
    await expect(prepare({ TF_PROVIDER_MIRROR: empty })).rejects.toMatchObject({
      code: "provider-mirror",
      found: empty,
    });
    await chmod(mirror, 0o777);
    await expect(prepare({ TF_PROVIDER_MIRROR: mirror })).rejects.toMatchObject({
      code: "provider-mirror-writable",
      found: expect.stringContaining(`${mirror} is writable by every user`),
    });
  });

  it("does not use a mirror that others may write where it finds one by itself, and says so", async () => {
    const root = scratchFolder();
    const [foreign, own] = ["a-mirror", "b-mirror"].map((folder) => path.join(root, folder));
    await chmod(await unpackedMirror(foreign ?? ""), 0o777);
    const mirror = await unpackedMirror(own ?? "");
    const { progress, text } = recordedProgress();
    const settings = await prepare({}, { roots: [root], progress });
    expect(await readFile(settings.TF_CLI_CONFIG_FILE ?? "", "utf8")).toContain(JSON.stringify(mirror));
    expect(text()).toContain("not used as a mirror of the AWS provider");
  });

  it("downloads from the registry once for all stacks if there is no mirror", async () => {
    const { asked, config } = await registry();
    const cache = scratchFolder();
    // As one that was killed leaves it.
    await mkdir(path.join(cache, "provider-half", "plugins"), { recursive: true });
    const first = await prepare({}, { cache, registryConfig: config });
    expect(asked.filter((at) => at.endsWith(".zip"))).toEqual(["/files/provider.zip"]);
    expect((await readdir(cache)).sort()).toEqual(["providers", "terraform.rc"]);
    asked.length = 0;
    expect(await prepare({}, { cache, registryConfig: config })).toEqual(first);
    expect(await initStack(first)).toMatchObject({ exitCode: 0 });
    expect(await initStack(first)).toMatchObject({ exitCode: 0 });
    expect(asked).toEqual([]);
  });

  it("installs no package with another hash than the pinned ones, however it is signed", async () => {
    const { asked, config } = await registry();
    const cache = scratchFolder();
    const pinned = { cache, registryConfig: config, hashes: pinnedHashes(WANTED) ?? [] };
    const failure = prepare({}, pinned);
    await expect(failure).rejects.toMatchObject({ code: "provider-download" });
    await expect(failure).rejects.toThrow(/checksum/);
    expect(asked.length).toBeGreaterThan(0);
    expect(mirrorAt(path.join(cache, "providers", DEFAULT_AWS_PROVIDER), WANTED)).toBeUndefined();
  });

  it("shows Terraform's message if the registry is unreachable, and leaves no partial provider", async () => {
    const config =
      'host "registry.terraform.io" {\n  services = { "providers.v1" = "http://127.0.0.1:1/" }\n}\n';
    const cache = scratchFolder();
    const root = scratchFolder();
    await unpackedMirror(path.join(root, "mirror"), "6.25.0");
    const failure = prepare({}, { cache, registryConfig: config, roots: [root] });
    await expect(failure).rejects.toMatchObject({ code: "provider-download", found: DEFAULT_AWS_PROVIDER });
    await expect(failure).rejects.toThrow(path.join(root, "…"));
    expect(mirrorAt(path.join(cache, "providers", DEFAULT_AWS_PROVIDER), WANTED)).toBeUndefined();
  });

  it("keeps a user's provider installation settings, and fills a plugin cache once", async () => {
    const { asked, config } = await registry();
    const file = path.join(scratchFolder(), "terraform.rc");
    await writeFile(file, `${config}provider_installation {\n  direct {}\n}\n`);
    const settings = await prepare({ TF_CLI_CONFIG_FILE: file });
    expect(settings).toMatchObject({ TF_CLI_CONFIG_FILE: file });
    asked.length = 0;
    expect(await initStack(settings)).toMatchObject({ exitCode: 0 });
    expect(asked.filter((at) => at.endsWith(".zip"))).toEqual([]);
    await writeFile(file, 'plugin_cache_dir = "/somewhere"\nprovider_installation {\n  direct {}\n}\n');
    expect(await prepare({ TF_CLI_CONFIG_FILE: file })).toEqual({ TF_CLI_CONFIG_FILE: file });
  });

  it("keeps the user's other settings, and recognizes its own file", async () => {
    const home = scratchFolder();
    await writeFile(
      path.join(home, ".terraformrc"),
      'credentials "x.example" {\n  token = "t"\n}\n# provider_installation\n',
    );
    const mirror = await unpackedMirror(scratchFolder());
    const settings = await prepare({ HOME: home, TF_PROVIDER_MIRROR: mirror });
    expect(await readFile(settings.TF_CLI_CONFIG_FILE ?? "", "utf8")).toContain('credentials "x.example"');
    await rm(path.join(home, ".terraformrc"));
    expect(await prepare({ HOME: home, ...settings })).toEqual(settings);
  });
});

describe("a version other than the default", () => {
  it("is looked for in mirrors too; without pinned hashes, that is said", async () => {
    const root = scratchFolder();
    await unpackedMirror(path.join(root, "mirror"), "6.30.0");
    const { progress, text } = recordedProgress();
    const settings = await prepare({}, { roots: [root], progress, provider: chooseProvider("6.30.0") });
    expect(await initStack(settings, "6.30.0")).toMatchObject({ exitCode: 0 });
    expect(text()).toContain("AWS provider 6.30.0: no hashes are pinned for it");
  });

  it("is Terraform's to choose in a range without pinned hashes, and downloaded once for all stacks", async () => {
    const cache = scratchFolder();
    const settings = await prepare({}, { cache, provider: chooseProvider("~> 6.40.0") });
    expect(settings).toMatchObject({ TF_PLUGIN_CACHE_DIR: path.join(cache, "plugins") });
  });

  it("is what tests run where mirrors contain no default", async () => {
    const root = scratchFolder();
    const env = { HOME: root, XDG_DATA_DIRS: root };
    expect(machineProvider(env, "Terraform", [root]).version).toBe(DEFAULT_AWS_PROVIDER);
    await unpackedMirror(path.join(root, "mirror"), "6.30.0");
    await unpackedMirror(path.join(root, "mirror"), "6.4.0");
    await unpackedMirror(path.join(root, "mirror"), "7.0.0");
    expect(machineProvider(env, "Terraform", [root]).version).toBe("6.30.0");
    // Its mirrors are laid out for another registry.
    expect(machineProvider(env, "OpenTofu", [root]).version).toBe(DEFAULT_AWS_PROVIDER);
    expect(machineProvider({ ...env, OIDC_PROVIDER_VERSION: "6.25.0" }, "Terraform", [root]).version).toBe(
      "6.25.0",
    );
    await unpackedMirror(path.join(root, "mirror"));
    expect(machineProvider(env, "Terraform", [root]).version).toBe(DEFAULT_AWS_PROVIDER);
  });
});

describe("Terraform's CLI configuration", () => {
  it("is empty if the file does not exist or the home folder is not a folder", () => {
    expect(userCliConfig({ TF_CLI_CONFIG_FILE: "/nowhere", HOME: "/dev/null" })).toBeUndefined();
    expect(userCliConfig({ HOME: "/dev/null" })).toBeUndefined();
  });

  it("escapes what HCL would read as a template", () => {
    expect(hclString('/a "b"/${c}/%{d}')).toBe('"/a \\"b\\"/$${c}/%%{d}"');
  });
});
