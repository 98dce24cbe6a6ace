import { readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";
import { childEnvironment } from "../../lib/http/child-environment";
import { AUTHORITY } from "./company";

const variablesOf = (env: NodeJS.ProcessEnv) =>
  childEnvironment(env, (hash) => `/cache/${hash}.pem`).variables;

describe("the environment of other programs", () => {
  test.each<[string, NodeJS.ProcessEnv, Readonly<Record<string, string>>]>([
    ["stays as it is without proxies and authorities", { NO_PROXY: "example.com" }, {}],
    [
      "has each proxy in both spellings, and this machine is never behind one",
      { https_proxy: "http://p:1", HTTPS_PROXY: "http://other:1", NO_PROXY: "example.com,127.0.0.1" },
      {
        https_proxy: "http://p:1",
        HTTPS_PROXY: "http://p:1",
        no_proxy: "example.com,127.0.0.1,localhost,::1",
        NO_PROXY: "example.com,127.0.0.1,localhost,::1",
      },
    ],
    [
      "has ALL_PROXY as the variables that they read",
      { ALL_PROXY: "http://p:1", HTTP_PROXY: "http://plain:1" },
      {
        https_proxy: "http://p:1",
        HTTPS_PROXY: "http://p:1",
        http_proxy: "http://plain:1",
        HTTP_PROXY: "http://plain:1",
        no_proxy: "localhost,127.0.0.1,::1",
        NO_PROXY: "localhost,127.0.0.1,::1",
      },
    ],
    [
      "keeps a NO_PROXY that excepts everything",
      { HTTPS_PROXY: "http://p:1", NO_PROXY: "*" },
      { https_proxy: "http://p:1", HTTPS_PROXY: "http://p:1", no_proxy: "*", NO_PROXY: "*" },
    ],
  ])("%s", (_what, env, expected) => {
    expect(variablesOf(env)).toEqual(expected);
  });

  test("names one file with the usual authorities and the company's, where a program's own variable is not set", () => {
    const env = { AWS_CA_BUNDLE: AUTHORITY, SSL_CERT_FILE: "/etc/ssl/own.pem" };
    const { variables, bundle } = childEnvironment(env, (hash) => `/cache/${hash}.pem`);
    expect(variables).toEqual({ NODE_EXTRA_CA_CERTS: bundle?.file, PIP_CERT: bundle?.file });
    const company = readFileSync(AUTHORITY, "utf8").trim();
    expect(bundle?.text).toContain(company);
    for (const usual of rootCertificates) expect(bundle?.text).toContain(usual.trim());
  });

  test("fails with a file that cannot be read, before a program ignores it", () => {
    expect(() => variablesOf({ NODE_EXTRA_CA_CERTS: "/missing.pem" })).toThrow(
      expect.objectContaining({ code: "ca-unreadable", found: "/missing.pem" }),
    );
  });
});
