import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { DEFAULT_AWS_PROVIDER } from "../../lib/config/rules/provider-version";
import { ProjectError } from "../../lib/errors";
import { prepareTools } from "../../lib/terraform/prepare";
import { terraformPlatform } from "../../lib/terraform/versions";
import { recordedProgress, removeScratchFolders, scratchFolder, writeProgram } from "../programs/support";

afterAll(removeScratchFolders);

const everything = ["terraform", "provider", "aws", "moto", "git"] as const;
const terraformAnswer = (version: string) => `echo '{"terraform_version": "${version}"}'`;

describe("missing programs", () => {
  it("are reported together, with their install commands, before any download", async () => {
    const empty = scratchFolder();
    const env = { PATH: empty, HOME: empty, OIDC_CACHE_DIR: scratchFolder() };
    const { progress, text } = recordedProgress();
    const error = await prepareTools(everything, { env, progress }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "tools-missing" });
    if (!(error instanceof ProjectError)) throw error;
    expect(error.found).toMatch(/git.*Python 3\.9/);
    expect(error.fix).toMatch(/install -y git|brew install git/);
    expect(error.fix).toMatch(/install.*python3/);
    expect(text()).toBe("");
  });

  it("include a chosen Terraform that is too old, even if a suitable one is on the PATH", async () => {
    const folder = scratchFolder();
    await writeProgram(path.join(folder, "terraform"), terraformAnswer("1.11.4"));
    const old = await writeProgram(path.join(folder, "old terraform"), terraformAnswer("1.10.5"));
    const env = { PATH: folder, OIDC_CACHE_DIR: scratchFolder() };
    expect((await prepareTools(["terraform"], { env })).terraform).toBe(path.join(folder, "terraform"));
    await expect(
      prepareTools(["terraform"], { env: { ...env, TERRAFORM_BINARY_NAME: old } }),
    ).rejects.toMatchObject({
      code: "tools-missing",
      found: expect.stringContaining(old),
    });
  });
});

describe("Terraform on the PATH", () => {
  const release = {
    version: "9.9.9",
    sha256: { linux_amd64: "0", linux_arm64: "0", darwin_amd64: "0", darwin_arm64: "0" },
  };
  // A mirror where nobody answers: being refused there proves that the pinned release was wanted.
  const unreachable = { TERRAFORM_RELEASES_MIRROR: "http://127.0.0.1:1" };

  it.each([
    ["too old", terraformAnswer("1.10.5")],
    ["no Terraform", "echo hello"],
    ["broken", "exit 1"],
  ])("is skipped if it is %s, and the pinned one is downloaded", async (_name, script) => {
    const folder = scratchFolder();
    await writeProgram(path.join(folder, "terraform"), script);
    const env = { PATH: folder, OIDC_CACHE_DIR: scratchFolder(), ...unreachable };
    const { progress } = recordedProgress();
    await expect(prepareTools(["terraform"], { env, progress, release })).rejects.toMatchObject({
      code: "download-failed",
    });
  });

  it("is skipped with OIDC_IGNORE_PATH_TOOLS", async () => {
    const folder = scratchFolder();
    await writeProgram(path.join(folder, "terraform"), terraformAnswer("1.11.4"));
    const env = {
      PATH: folder,
      OIDC_CACHE_DIR: scratchFolder(),
      OIDC_IGNORE_PATH_TOOLS: "1",
      ...unreachable,
    };
    const { progress } = recordedProgress();
    await expect(prepareTools(["terraform"], { env, progress, release })).rejects.toMatchObject({
      code: "download-failed",
    });
  });
});

/** An unpacked mirror with a provider that does nothing. */
async function unpackedMirror(folder: string): Promise<void> {
  const place = path.join(
    "registry.terraform.io",
    "hashicorp",
    "aws",
    DEFAULT_AWS_PROVIDER,
    terraformPlatform(),
  );
  await writeProgram(path.join(folder, place, "terraform-provider-aws_x5"), "exit 1");
}

describe("a difficult machine", () => {
  it("without a home folder and CLI configuration, with a dead proxy: existing programs are used", async () => {
    const mirror = scratchFolder();
    await unpackedMirror(mirror);
    const folder = scratchFolder();
    await writeProgram(path.join(folder, "terraform"), terraformAnswer("1.11.4"));
    const cache = scratchFolder();
    const env = {
      PATH: folder,
      OIDC_CACHE_DIR: cache,
      HOME: "/dev/null",
      TF_CLI_CONFIG_FILE: "/nowhere/terraform.rc",
      TF_PROVIDER_MIRROR: mirror,
      HTTPS_PROXY: "http://127.0.0.1:1",
      HTTP_PROXY: "http://127.0.0.1:1",
    };
    const { environment } = await prepareTools(["terraform", "provider"], { env });
    const direct = "localhost,127.0.0.1,::1";
    expect(environment).toEqual({
      HTTPS_PROXY: "http://127.0.0.1:1",
      https_proxy: "http://127.0.0.1:1",
      HTTP_PROXY: "http://127.0.0.1:1",
      http_proxy: "http://127.0.0.1:1",
      NO_PROXY: direct,
      no_proxy: direct,
      CHECKPOINT_DISABLE: "1",
      CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
      CDKTF_HOME: path.join(cache, "cdktf-home"),
      TERRAFORM_BINARY_NAME: path.join(folder, "terraform"),
      TF_CLI_CONFIG_FILE: path.join(cache, "terraform.rc"),
    });
  });

  it.each(["/dev/null", undefined])(
    "without a home folder for provider mirrors: HOME is %s",
    async (home) => {
      const folder = scratchFolder();
      await writeProgram(path.join(folder, "terraform"), terraformAnswer("1.11.4"));
      const root = scratchFolder();
      const mirror = path.join(root, "mirror");
      await unpackedMirror(mirror);
      const env = { PATH: folder, HOME: home, XDG_DATA_DIRS: root, OIDC_CACHE_DIR: scratchFolder() };
      const { environment } = await prepareTools(["provider"], { env, mirrorRoots: [root] });
      expect(await readFile(environment.TF_CLI_CONFIG_FILE ?? "", "utf8")).toContain(JSON.stringify(mirror));
    },
  );

  it("without the configured CLI configuration: synth, which needs no provider, prints no Terraform error", async () => {
    const folder = scratchFolder();
    const own = path.join(folder, "terraform.rc");
    await writeFile(own, "");
    const cliConfig = async (env: NodeJS.ProcessEnv) => {
      const { environment } = await prepareTools([], { env: { ...env, OIDC_CACHE_DIR: folder } });
      return environment.TF_CLI_CONFIG_FILE;
    };
    expect(await cliConfig({ HOME: folder, TF_CLI_CONFIG_FILE: "/nowhere/terraform.rc" })).toBe("/dev/null");
    expect(await cliConfig({ HOME: "/dev/null" })).toBe("/dev/null");
    expect(await cliConfig({ HOME: "/dev/null", TF_CLI_CONFIG_FILE: own })).toBeUndefined();
    expect(await cliConfig({ HOME: folder })).toBeUndefined();
  });

  it("with a cache folder that is not writable", async () => {
    const file = path.join(scratchFolder(), "file");
    await writeFile(file, "");
    const cache = path.join(file, "cache");
    const failure = { code: "cache-read-only", found: cache };
    await expect(prepareTools([], { env: { OIDC_CACHE_DIR: cache } })).rejects.toMatchObject(failure);
  });
});
