import { readFile } from "node:fs/promises";
import path from "node:path";
import { findAws, findMoto } from "../../lib/programs/path-tools";
import { createProbe } from "../../lib/programs/probe-cache";
import { findPython } from "../../lib/programs/python";
import { isAtLeast } from "../../lib/programs/tool-version";
import { removeScratchFolders, scratchFolder, writeProgram } from "./support";

afterAll(removeScratchFolders);

const ask = <T>(_program: string, question: () => Promise<T>) => question();

/** A PATH with the programs given, and the shell's own tools behind them. */
async function pathWith(
  programs: Record<string, string>,
  folder = scratchFolder(),
): Promise<NodeJS.ProcessEnv> {
  for (const [name, script] of Object.entries(programs)) await writeProgram(path.join(folder, name), script);
  return { PATH: folder };
}

/** A moto_server that is a wrapper around a Python with this version of moto. */
function motoWrapper(version: string, python: string): string {
  return `test -f "$PYTHONPATH/sitecustomize.py" || exit 9; echo '{"executable": "${python}", "moto": "${version}"}'`;
}

describe("versions", () => {
  it.each([
    ["1.11.0", "1.11.0", true],
    ["1.11.4", "1.11.0", true],
    ["1.10.9", "1.11.0", false],
    ["2.0.0", "1.11.0", true],
    ["1.11.0-beta1", "1.11.0", false],
    ["1.12.0-beta1", "1.11.0", true],
    ["1.9.10", "1.11.0", false],
    ["3.13.0rc1", "3.9", true],
    ["garbage", "1.11.0", false],
  ])("%s is at least %s: %s", (version, least, expected) => {
    expect(isAtLeast(version, least)).toBe(expected);
  });
});

describe("the AWS CLI on the PATH", () => {
  it.each([
    ["aws-cli/1.29.0 Python/3.9", true],
    ["aws-cli/1.28.9 Python/3.9", false],
    ["aws-cli/2.13.0 Python/3.11", true],
    ["aws-cli/2.12.9 Python/3.11", false],
    ["something else", false],
  ])("%s fits: %s", async (answer, fits) => {
    const env = await pathWith({ aws: `echo "${answer}"` });
    expect((await findAws(env, ask)) !== undefined).toBe(fits);
    expect(await findAws({ ...env, OIDC_IGNORE_PATH_TOOLS: "1" }, ask)).toBeUndefined();
  });
});

describe("moto on the PATH", () => {
  it.each([
    ["5.2.1", true],
    ["5.2.9", true],
    ["5.2.0", false],
    ["5.3.0", false],
    ["4.9.0", false],
  ])("%s fits: %s", async (version, fits) => {
    const env = await pathWith({ moto_server: motoWrapper(version, "/nowhere/python") });
    const expected = fits ? [path.join(env.PATH ?? "", "moto_server")] : undefined;
    expect(await findMoto(env, ask)).toEqual(expected);
    expect(await findMoto({ ...env, OIDC_IGNORE_PATH_TOOLS: "1" }, ask)).toBeUndefined();
  });

  it("is started by its own interpreter if that has the same moto", async () => {
    const folder = scratchFolder();
    const python = path.join(folder, "python");
    const env = await pathWith({ python: "echo 5.2.1", moto_server: motoWrapper("5.2.1", python) }, folder);
    expect(await findMoto(env, ask)).toEqual([python, "-m", "moto.server"]);
  });

  it("does not fit if it does not report its version", async () => {
    expect(await findMoto(await pathWith({ moto_server: "echo usage" }), ask)).toBeUndefined();
    expect(await findMoto(await pathWith({ moto_server: "exit 1" }), ask)).toBeUndefined();
    expect(await findMoto(await pathWith({}), ask)).toBeUndefined();
  });
});

describe("the version that a program reported", () => {
  it("is cached until the program changes", async () => {
    const cache = scratchFolder();
    const log = path.join(cache, "log");
    const env = await pathWith({ aws: `echo asked >> "${log}"; echo "aws-cli/1.29.0"` });
    const probe = () => findAws(env, createProbe(cache, env));
    expect(await probe()).toBe(await probe());
    expect(await readFile(log, "utf8")).toBe("asked\n");
    await pathWith({ aws: `echo asked again >> "${log}"; echo "aws-cli/1.0.0"` }, env.PATH);
    expect(await probe()).toBeUndefined();
    expect(await readFile(log, "utf8")).toBe("asked\nasked again\n");
  });
});

describe("a Python for the virtual environment", () => {
  const answer = (version: string, venv: boolean, pip: string | null = null) =>
    `echo '${JSON.stringify({ executable: `/opt/${version}/python`, version, venv, pip })}'`;

  it.each([
    [null, false],
    ["22.2.2", false],
    ["22.3", true],
  ])(
    "is the first that is new enough and complete; its pip %s installs elsewhere: %s",
    async (pip, usable) => {
      const env = await pathWith({ python3: answer("3.8.18", true), python: answer("3.9.1", true, pip) });
      const expected = {
        python: { program: "/opt/3.9.1/python", version: "3.9.1", pip: usable },
        missing: [],
      };
      expect(await findPython(env)).toEqual(expected);
    },
  );

  it("is required if there is none", async () => {
    const { python, missing } = await findPython(await pathWith({ python3: answer("3.8.18", true) }));
    expect(python).toBeUndefined();
    expect(missing[0]?.what).toContain("Python 3.9");
  });

  it("the error names Debian's package for virtual environments", async () => {
    const { python, missing } = await findPython(await pathWith({ python3: answer("3.11.2", false) }));
    expect(python).toBeUndefined();
    expect(missing[0]?.what).toContain("venv");
    if (process.platform === "linux") expect(missing[0]?.install).toContain("python3.11-venv");
  });
});
