import { createHash } from "node:crypto";
import { existsSync, readdirSync, statSync } from "node:fs";
import type http from "node:http";
import type net from "node:net";
import path from "node:path";
import { installTerraform } from "../../lib/terraform/install-binary";
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
import { zipOf } from "../programs/zip";

afterEach(closeServers);
afterAll(removeScratchFolders);

const archive = zipOf("terraform", '#!/bin/sh\necho "fake terraform"\n');
const urlPath = `/9.9.9/terraform_9.9.9_${terraformPlatform()}.zip`;

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function install(cache: string, env: NodeJS.ProcessEnv, hash = sha256(archive)): Promise<string> {
  const release = { version: "9.9.9", sha256: { [terraformPlatform()]: hash } };
  return installTerraform({ cache, env, progress: recordedProgress().progress, release });
}

/** All files below a folder. */
function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((entry) =>
    path.join(folder, entry),
  );
  return entries.filter((entry) => statSync(entry).isFile());
}

describe("downloading the pinned Terraform", () => {
  it("checks the hash, unpacks, and runs from a path with spaces; the second time it sends no request", async () => {
    const asked: string[] = [];
    const { url } = await serve((request, response) => {
      asked.push(request.url ?? "");
      response.end(archive);
    });
    const cache = scratchFolder();
    const program = await install(cache, { TERRAFORM_RELEASES_MIRROR: `${url}/` });
    expect(await runToEnd(program, [], { env: process.env })).toEqual({
      exitCode: 0,
      output: "fake terraform\n",
    });
    expect(await install(cache, { TERRAFORM_RELEASES_MIRROR: url })).toBe(program);
    expect(asked).toEqual([urlPath]);
    const kept = path.join(path.dirname(program), path.basename(urlPath));
    expect([...filesIn(cache)].sort()).toEqual([program, kept].sort());
  });

  it.each([
    ["the program", (program: string) => program],
    ["its archive", (program: string) => path.join(path.dirname(program), path.basename(urlPath))],
  ])("replaces a cached Terraform before it runs if %s was changed", async (_what, changed) => {
    let asked = 0;
    const { url } = await serve((_request, response) => {
      asked += 1;
      response.end(archive);
    });
    const cache = scratchFolder();
    const program = await install(cache, { TERRAFORM_RELEASES_MIRROR: url });
    await writeProgram(changed(program), 'echo "another program"');
    expect(await install(cache, { TERRAFORM_RELEASES_MIRROR: url })).toBe(program);
    expect((await runToEnd(program, [], { env: process.env })).output).toBe("fake terraform\n");
    expect(asked).toBe(2);
    expect(await install(cache, { TERRAFORM_RELEASES_MIRROR: url })).toBe(program);
    expect(asked).toBe(2);
  });

  it("deletes a file with the wrong hash and unpacks nothing of it", async () => {
    const { url } = await serve((_request, response) => response.end(archive));
    const cache = scratchFolder();
    const wrong = "0".repeat(64);
    await expect(install(cache, { TERRAFORM_RELEASES_MIRROR: url }, wrong)).rejects.toMatchObject({
      code: "download-wrong-hash",
      found: sha256(archive),
    });
    expect(filesIn(cache)).toEqual([]);
  });

  const troubles: Record<string, http.RequestListener> = {
    "a page that is not there": (_request, response) => {
      response.statusCode = 404;
      response.end("not found");
    },
    "a connection lost midway": (_request, response) => {
      response.writeHead(200, { "content-length": archive.length });
      response.write(archive.subarray(0, 40), () => response.destroy());
    },
    "a connection lost midway, of unknown length": (_request, response) => {
      response.write(archive.subarray(0, 40), () => response.destroy());
    },
    "an endless redirect": (request, response) => {
      response.writeHead(302, { location: request.url });
      response.end();
    },
  };

  it.each(Object.entries(troubles))(
    "leaves nothing behind after %s, and works the next time",
    async (_name, trouble) => {
      const { url } = await serve(trouble);
      const cache = scratchFolder();
      const failure = { code: "download-failed", found: `${url}${urlPath}` };
      await expect(install(cache, { TERRAFORM_RELEASES_MIRROR: url })).rejects.toMatchObject(failure);
      expect(filesIn(cache)).toEqual([]);
      const { url: sound } = await serve((_request, response) => response.end(archive));
      expect(existsSync(await install(cache, { TERRAFORM_RELEASES_MIRROR: sound }))).toBe(true);
    },
  );

  it("rejects a truncated file that looks complete, by its hash", async () => {
    const { url } = await serve((_request, response) => response.end(archive.subarray(0, 40)));
    const cache = scratchFolder();
    await expect(install(cache, { TERRAFORM_RELEASES_MIRROR: url })).rejects.toMatchObject({
      code: "download-wrong-hash",
    });
    expect(filesIn(cache)).toEqual([]);
  });

  it("is downloaded once by two concurrent processes", async () => {
    let asked = 0;
    const { url } = await serve((_request, response) => {
      asked += 1;
      setTimeout(() => response.end(archive), 200);
    });
    const cache = scratchFolder();
    const env = { TERRAFORM_RELEASES_MIRROR: url };
    const [one, other] = await Promise.all([install(cache, env), install(cache, env)]);
    expect([one, asked]).toEqual([other, 1]);
  });

  it("uses a proxy: absolute URLs for http", async () => {
    const asked: string[] = [];
    const proxy = await serve((request, response) => {
      asked.push(`${request.url} ${request.headers["proxy-authorization"]}`);
      response.end(archive);
    });
    const env = {
      TERRAFORM_RELEASES_MIRROR: "http://releases.invalid/terraform",
      HTTP_PROXY: proxy.url.replace("//", "//user:p%40ss@"),
    };
    expect(existsSync(await install(scratchFolder(), env))).toBe(true);
    const credentials = Buffer.from("user:p@ss").toString("base64");
    expect(asked).toEqual([`http://releases.invalid/terraform${urlPath} Basic ${credentials}`]);
  });

  it("uses a proxy: CONNECT for https, so that the proxy cannot read it", async () => {
    const { server, url } = await serve(() => undefined);
    const tunnels: string[] = [];
    const firstByte = new Promise<number | undefined>((resolve) => {
      server.on("connect", (request: http.IncomingMessage, socket: net.Socket) => {
        tunnels.push(request.url ?? "");
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        socket.once("data", (bytes) => {
          resolve(bytes[0]);
          socket.destroy();
        });
      });
    });
    const env = { TERRAFORM_RELEASES_MIRROR: "https://releases.invalid", HTTPS_PROXY: url };
    await expect(install(scratchFolder(), env)).rejects.toMatchObject({ code: "download-failed" });
    expect(tunnels).toEqual(["releases.invalid:443"]);
    // 0x16: a TLS handshake.
    expect(await firstByte).toBe(0x16);
  });

  it.each([
    ["HTTPS_PROXY", "https://releases.invalid"],
    ["HTTP_PROXY", "http://releases.invalid"],
  ])("reports an unreachable proxy: %s, without its password", async (name, mirror) => {
    const env = { TERRAFORM_RELEASES_MIRROR: mirror, [name]: "http://user:secret@127.0.0.1:1" };
    const failure = install(scratchFolder(), env);
    await expect(failure).rejects.toMatchObject({ code: "proxy-unreachable" });
    await expect(failure).rejects.toThrow(/the proxy 127\.0\.0\.1:1: .*ECONNREFUSED/);
    await expect(failure).rejects.not.toThrow(/secret/);
  });

  it("fails on an invalid proxy", async () => {
    const env = {
      TERRAFORM_RELEASES_MIRROR: "https://releases.invalid",
      HTTPS_PROXY: "socks5://127.0.0.1:1",
    };
    await expect(install(scratchFolder(), env)).rejects.toMatchObject({ code: "proxy-unusable" });
  });

  it("reports the proxy's error response", async () => {
    const { server, url } = await serve(() => undefined);
    server.on("connect", (_request: http.IncomingMessage, socket: net.Socket) => {
      socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    });
    const env = { TERRAFORM_RELEASES_MIRROR: "https://releases.invalid", HTTPS_PROXY: url };
    await expect(install(scratchFolder(), env)).rejects.toMatchObject({
      code: "proxy-authentication",
      message: expect.stringContaining("releases.invalid:443 (407)"),
    });
  });
});
