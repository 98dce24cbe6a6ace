import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Ended, until, untilEnd } from "../../dev/tools/sandbox-support";
import { DEFAULT_AWS_PROVIDER } from "../../lib/config/rules/provider-version";
import { repositoryRoot } from "../../lib/programs/cache";
import { ownProgram } from "../../lib/programs/own-program";
import { awsProviderAddress, type Product } from "../../lib/terraform/product";
import { chooseProvider, stackLock } from "../../lib/terraform/provider-choice";
import { terraformPlatform } from "../../lib/terraform/versions";
import { removeScratchFolders, scratchFolder, writeProgram } from "../programs/support";

afterAll(removeScratchFolders);

// Every call starts Node and compiles the command.
const TALK = path.join(repositoryRoot, "examples", "talk", "access.yaml");

/** A stack that was written, and a Terraform that writes down what it is asked and where. */
async function project(product: Product = "Terraform") {
  const root = scratchFolder();
  const folder = path.join(root, "cdktf.out", "stacks", "main-website");
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "cdk.tf.json"), "{}");
  await writeFile(path.join(folder, ".terraform.lock.hcl"), stackLock(chooseProvider()) ?? "");
  const log = path.join(root, "log");
  const source = awsProviderAddress(product);
  const version = product === "Terraform" ? "1.11.4" : "1.10.6";
  const terraform = await writeProgram(
    path.join(root, "bin", "terraform"),
    `
if [ "$1" = version ]; then
  [ "$2" = -json ] && echo '{"terraform_version": "${version}"}' || echo "${product} v${version}"
  exit
fi
echo "$(basename "$PWD"): $*" >> "${log}"
case "$1" in
  init) [ -z "$NO_INIT" ] || { echo "no such bucket" >&2; exit 1; }; mkdir -p ".terraform/providers/${source}/5.100.0"
    grep -q "${source}" .terraform.lock.hcl || printf 'provider "${source}" {\\n  version = "5.100.0"\\n}\\n' >> .terraform.lock.hcl;;
  import) trap 'echo INT >> "${log}"; sleep 0.3; echo tidy >> "${log}"; exit 1' INT; while :; do sleep 0.1; done;;
  state) echo "aws_iam_role.deploy"; exit 3;;
esac`,
  );
  const mirror = path.join(root, "mirror");
  const provider = path.join(source, DEFAULT_AWS_PROVIDER, terraformPlatform());
  await writeProgram(
    path.join(mirror, provider, `terraform-provider-aws_v${DEFAULT_AWS_PROVIDER}_x5`),
    "exit 1",
  );
  const env = {
    ...process.env,
    TERRAFORM_BINARY_NAME: terraform,
    TF_PROVIDER_MIRROR: mirror,
    OIDC_CACHE_DIR: path.join(root, "cache"),
    OIDC_ACCESS_FILE: TALK,
    CDKTF_OUTDIR: "",
  };
  const start = (args: readonly string[], more: NodeJS.ProcessEnv = {}, cwd = root) => {
    const [program, ...first] = ownProgram("cli/oidc.ts");
    return spawn(program, [...first, "terraform", ...args], { cwd, env: { ...env, ...more }, stdio: "pipe" });
  };
  const terraformCommand = (args: readonly string[], more?: NodeJS.ProcessEnv, cwd?: string) =>
    untilEnd(start(args, more, cwd));
  const asked = async () => (existsSync(log) ? (await readFile(log, "utf8")).trim().split("\n") : []);
  return { root, folder, start, terraformCommand, asked };
}

const PRODUCTS: readonly Product[] = ["Terraform", "OpenTofu"];
const LIST = ["main-website", "state", "list", "-id=x"];
const listed: Partial<Ended> = { exitCode: 3, stdout: "aws_iam_role.deploy\n", stderr: "" };

describe("Terraform in a stack's folder", () => {
  it.each(PRODUCTS)(
    "%s is initialized the first time, and its output and exit code are its own",
    async (product) => {
      const { terraformCommand, asked } = await project(product);
      expect(await terraformCommand(LIST)).toMatchObject(listed);
      const init = "main-website: init -input=false -no-color";
      expect(await asked()).toEqual([init, "main-website: state list -id=x"]);
      expect(await terraformCommand(LIST)).toMatchObject(listed);
      expect(await asked()).toEqual([init, ...Array(2).fill("main-website: state list -id=x")]);
    },
  );

  it("is initialized again after an interruption, but not before the user's own init", async () => {
    const { folder, terraformCommand, asked } = await project();
    await mkdir(path.join(folder, ".terraform"));
    await terraformCommand(LIST);
    expect(await asked()).toHaveLength(2);
    await rm(path.join(folder, ".terraform"), { recursive: true });
    await terraformCommand(["main-website", "init", "-reconfigure"]);
    expect((await asked()).slice(2)).toEqual(["main-website: init -reconfigure"]);
  });

  it("is initialized again after a synth with another version of the provider", async () => {
    const { folder, terraformCommand, asked } = await project();
    await terraformCommand(LIST);
    await writeFile(path.join(folder, ".terraform.lock.hcl"), stackLock(chooseProvider("6.25.0")) ?? "");
    await terraformCommand(LIST);
    expect((await asked()).filter((one) => one.includes(": init"))).toHaveLength(2);
  });

  it("is in the folder of --output, or else CDKTF_OUTDIR", async () => {
    const { root, terraformCommand } = await project();
    const output = path.join(root, "cdktf.out");
    expect(await terraformCommand(["--output", output, ...LIST], {}, "/")).toMatchObject(listed);
    expect(await terraformCommand(LIST, { CDKTF_OUTDIR: output }, "/")).toMatchObject(listed);
  });

  it("shows Terraform's message if initialization fails, and stops", async () => {
    const { terraformCommand, asked } = await project();
    const { exitCode, stdout, stderr } = await terraformCommand(LIST, { NO_INIT: "1" });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toMatch(/^error\[terraform-failed\]: `terraform init` failed .*no such bucket/s);
    expect(await asked()).toHaveLength(1);
  });

  it("gets Ctrl-C once, and the command waits for it", async () => {
    const { start, asked } = await project();
    const child = start(["main-website", "import", "a", "b"]);
    const ended = untilEnd(child);
    await until("Terraform is at it", async () => (await asked()).length === 2);
    // As npm does, which passes on what the terminal has sent already.
    child.kill("SIGINT");
    child.kill("SIGINT");
    expect((await ended).exitCode).toBe(1);
    expect((await asked()).slice(2)).toEqual(["INT", "tidy"]);
  });
});

describe("a call that does not start Terraform", () => {
  const wrong: readonly (readonly [readonly string[], NodeJS.ProcessEnv, number, RegExp])[] = [
    [["main-websit", "state", "list"], {}, 2, /did you mean "main-website"/],
    // Not written yet.
    [["main-state", "state", "list"], {}, 1, /npm run synth/],
    [[], {}, 2, /stack/],
    [["main-website"], {}, 2, /command/],
    [LIST, { OIDC_ACCESS_FILE: "/nowhere" }, 2, /^error\[access-file-missing\]/],
  ];

  it("is an invalid one, with one error message, or one for help", async () => {
    const { terraformCommand, asked } = await project();
    const ended = await Promise.all(wrong.map(([args, env]) => terraformCommand(args, env)));
    expect(ended).toMatchObject(
      wrong.map(([, , exitCode, words]) => ({ exitCode, stdout: "", stderr: expect.stringMatching(words) })),
    );
    for (const { stderr } of ended) expect(stderr).not.toMatch(/\n {4}at /);
    expect(await terraformCommand(["--help"])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("--output"),
      stderr: "",
    });
    expect(await asked()).toEqual([]);
  });
});
