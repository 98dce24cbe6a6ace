import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { GetRoleCommand } from "@aws-sdk/client-iam";
import { closeServer, listenOnLoopback } from "../../dev/sandbox/http/listen";
import { callerIdentity, callerUnknown, credentialsFailure } from "../../lib/aws/caller";
import { createIamClient, createS3Client } from "../../lib/aws/clients";
import { describeError, ProjectError } from "../../lib/errors";
import { open } from "../../lib/http/open";
import { s3Store } from "../../lib/watch/record/s3-store";
import { asProcess, CALLERS, region } from "./callers";
import { AUTHORITY, type Company, PASSWORD, startCompany } from "./company";

let company: Company;
let folder: string;
const before = { ...process.env };

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "connections-"));
  company = await startCompany();
});
afterAll(async () => {
  await company.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  company.asked.length = 0;
  company.reached.length = 0;
  // The machine's own settings, and what the AWS SDK reads.
  for (const name of Object.keys(process.env))
    if (/proxy|^AWS_|CA_CERTS$/i.test(name)) delete process.env[name];
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret" });
});
afterEach(() => {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, before);
});

async function failureOf(call: Promise<unknown>): Promise<Error> {
  const error = await call.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (error instanceof Error) return error;
  throw new Error("the call did not fail");
}

describe.each(CALLERS)("$name", ({ host, call }) => {
  test("goes through the proxy with its user and password, and trusts the company's authority", async () => {
    const error = await failureOf(
      call({ HTTPS_PROXY: company.proxy, NODE_EXTRA_CA_CERTS: AUTHORITY, NO_PROXY: "example.com" }, folder),
    );
    // The server's own answer: it has nothing at any address.
    expect(`${error.message} ${JSON.stringify(error)}`).toMatch(/404|not[ -]here|NotFound/i);
    expect(company.asked).toContain(host);
    expect(company.reached).not.toEqual([]);
  });

  test("without user and password says which proxy demands them, and sends nothing", async () => {
    const error = await failureOf(
      call({ https_proxy: company.bareProxy, NODE_EXTRA_CA_CERTS: AUTHORITY }, folder),
    );
    expect(error).toMatchObject({ code: "proxy-authentication", found: company.proxyHost });
    expect(describeError(error)).toContain(
      `HTTPS_PROXY (for http addresses HTTP_PROXY) to http://USER:PASSWORD@`,
    );
    expect(company.asked).toEqual([host]);
    expect(company.reached).toEqual([]);
  });

  test("with a wrong password never shows it", async () => {
    const wrong = company.proxy.replace(encodeURIComponent(PASSWORD), "wrong-secret");
    const error = await failureOf(call({ HTTPS_PROXY: wrong, NODE_EXTRA_CA_CERTS: AUTHORITY }, folder));
    expect(error).toMatchObject({ code: "proxy-authentication" });
    const shown = `${describeError(error)}${error.stack}${JSON.stringify(error)}`;
    expect(shown).not.toContain("wrong-secret");
    expect(shown).not.toContain(Buffer.from("builder:wrong-secret").toString("base64"));
  });

  test("refuses the company's certificate without the variable, and names the variable", async () => {
    const error = await failureOf(call({ HTTPS_PROXY: company.proxy }, folder));
    expect(error).toMatchObject({ code: "ca-unknown" });
    expect(describeError(error)).toContain("NODE_EXTRA_CA_CERTS or AWS_CA_BUNDLE");
    expect(company.reached).toEqual([]);
  });
});

describe("a connection", () => {
  const get = (url: string, env: NodeJS.ProcessEnv) => open(new URL(url), env);

  test.each(["NODE_EXTRA_CA_CERTS", "AWS_CA_BUNDLE"])("trusts the file of %s", async (name) => {
    const response = await get(`${company.server}/x`, { [name]: AUTHORITY });
    response.resume();
    expect(response.statusCode).toBe(404);
    await expect(get(`${company.server}/x`, { [name]: "" })).rejects.toMatchObject({ code: "ca-unknown" });
  });

  test.each([
    ["is missing", () => path.join(folder, "missing.pem")],
    ["holds no certificate", () => path.join(folder, "empty.pem")],
  ])("fails with a file that %s", async (_what, fileOf) => {
    writeFileSync(path.join(folder, "empty.pem"), "no certificate\n");
    const file = fileOf();
    const failure = get(`${company.server}/x`, { AWS_CA_BUNDLE: file });
    await expect(failure).rejects.toMatchObject({ code: "ca-unreadable", found: file, exitCode: 2 });
    expect(company.reached).toEqual([]);
  });

  test("to this machine is direct, whatever the proxies are", async () => {
    const env = {
      HTTPS_PROXY: "http://127.0.0.1:1",
      HTTP_PROXY: "http://127.0.0.1:1",
      AWS_CA_BUNDLE: AUTHORITY,
    };
    const response = await get(`${company.server}/x`, env);
    response.resume();
    expect(response.statusCode).toBe(404);
  });

  test("of an AWS client to the sandbox on this machine is direct", async () => {
    Object.assign(process.env, {
      HTTPS_PROXY: company.proxy,
      HTTP_PROXY: company.proxy,
      AWS_CA_BUNDLE: AUTHORITY,
    });
    const iam = createIamClient({ region, endpoint: company.server, maxAttempts: 1 });
    const error = await failureOf(iam.send(new GetRoleCommand({ RoleName: "deploy" })));
    iam.destroy();
    expect(JSON.stringify(error)).toContain("404");
    expect([company.asked, company.reached.length]).toEqual([[], 1]);
  });

  test("to a host of NO_PROXY is direct, and to its neighbour not", async () => {
    const env = { HTTPS_PROXY: company.proxy, NO_PROXY: "direct.invalid", AWS_CA_BUNDLE: AUTHORITY };
    await expect(get("https://direct.invalid/x", env)).rejects.toThrow(/ENOTFOUND|EAI_AGAIN/);
    expect(company.asked).toEqual([]);
    (await get("https://neighbour.company.test/x", env)).resume();
    expect(company.asked).toEqual(["neighbour.company.test:443"]);
  });

  test("without TLS asks the proxy for the whole address", async () => {
    const response = await get("http://plain.invalid/x?y=1", { HTTP_PROXY: company.proxy });
    response.resume();
    expect(response.statusCode).toBe(404);
    expect(company.asked).toEqual(["http://plain.invalid/x?y=1"]);
    await expect(get("http://plain.invalid/x", { HTTP_PROXY: company.bareProxy })).rejects.toMatchObject({
      code: "proxy-authentication",
    });
  });

  test("that the proxy does not allow names the proxy, the host and the status", async () => {
    const failure = get("https://forbidden.invalid/x", { HTTPS_PROXY: company.proxy });
    await expect(failure).rejects.toMatchObject({ code: "proxy-refused", found: "403" });
    await expect(failure).rejects.toThrow(
      `the proxy ${company.proxyHost} refuses a connection to forbidden.invalid:443`,
    );
  });

  test("to a proxy that is not there names it, without its password", async () => {
    const failure = get("https://other.invalid/x", { ALL_PROXY: "http://ann:secret@127.0.0.1:1" });
    await expect(failure).rejects.toMatchObject({ code: "proxy-unreachable", found: "127.0.0.1:1" });
    await expect(failure).rejects.not.toThrow(/secret/);
  });

  test("of the caller check fails with the proxy's error, not with one about credentials", () => {
    const proxy = new ProjectError({ code: "proxy-refused", message: "refused" });
    expect(callerUnknown(new Error("wrapped", { cause: proxy }))).toBe(proxy);
    expect(callerUnknown(new Error("other"))).toMatchObject({ code: "no-credentials" });
  });

  test("of a command's first call to S3 names the credentials where they are why, and only there", async () => {
    const named = (name: string) => Object.assign(new Error("why"), { name });
    const s3 = createS3Client({
      region,
      credentials: () => Promise.reject(named("CredentialsProviderError")),
    });
    const store = s3Store(s3, { bucket: "acme-terraform-state", key: "watch.json", account: "123456789012" });
    await expect(store.read()).rejects.toMatchObject({
      code: "no-credentials",
      message: "no valid AWS credentials: why",
    });
    expect(credentialsFailure(named("ExpiredToken"))).toMatchObject({ code: "no-credentials" });
    expect(credentialsFailure(named("AccessDenied"))).toBeUndefined();
    expect(credentialsFailure("ExpiredToken")).toBeUndefined();
  });

  test.each<[string, number, string, object]>([
    ["a page", 200, "<!DOCTYPE html><html><p>Sign in<p></html>", { code: "aws-unreachable", found: "200" }],
    ["text", 503, "busy", { code: "aws-unreachable", found: "503" }],
    ["nothing", 403, "", { code: "aws-unreachable", found: "403" }],
    [
      "AWS's own refusal",
      403,
      "<ErrorResponse><Error><Code>InvalidClientTokenId</Code><Message>bad</Message></Error></ErrorResponse>",
      { code: "no-credentials" },
    ],
  ])("of the caller check that %s answers (HTTP %d)", async (_, status, body, expected) => {
    const server = createServer((_request, response) => response.writeHead(status).end(body));
    const AWS_ENDPOINT_URL = await listenOnLoopback(server);
    try {
      const failure = await failureOf(
        asProcess({ AWS_ENDPOINT_URL, AWS_MAX_ATTEMPTS: "1" }, () => callerIdentity(region)),
      );
      expect(callerUnknown(failure)).toMatchObject(expected);
    } finally {
      await closeServer(server);
    }
  });
});
