import { proxyFor } from "../../lib/tools/proxy";

const https = new URL("https://releases.example.com/x");
const http = new URL("http://releases.example.com:8080/x");

describe("the proxy that the environment asks for", () => {
  it.each([
    ["none", https, {}, undefined],
    ["https by HTTPS_PROXY", https, { HTTPS_PROXY: "http://p:1" }, "http://p:1/"],
    ["not https by HTTP_PROXY", https, { HTTP_PROXY: "http://p:1" }, undefined],
    ["http by http_proxy", http, { http_proxy: "p:1" }, "http://p:1/"],
    [
      "the lower-case name first",
      https,
      { https_proxy: "http://low:1", HTTPS_PROXY: "http://up:1" },
      "http://low:1/",
    ],
    ["ALL_PROXY for either", http, { ALL_PROXY: "http://p:1" }, "http://p:1/"],
    [
      "except the host itself",
      https,
      { HTTPS_PROXY: "http://p:1", NO_PROXY: "releases.example.com" },
      undefined,
    ],
    [
      "except subdomains",
      https,
      { HTTPS_PROXY: "http://p:1", NO_PROXY: "localhost, .example.com" },
      undefined,
    ],
    [
      "not except what only ends alike",
      https,
      { HTTPS_PROXY: "http://p:1", NO_PROXY: "ases.example.com" },
      "http://p:1/",
    ],
    ["except that port", http, { HTTP_PROXY: "http://p:1", NO_PROXY: "example.com:8080" }, undefined],
    [
      "not except another port",
      http,
      { HTTP_PROXY: "http://p:1", NO_PROXY: "example.com:80" },
      "http://p:1/",
    ],
    ["except everything", https, { HTTPS_PROXY: "http://p:1", NO_PROXY: "*" }, undefined],
  ])("%s", (_name, url, env, expected) => {
    expect(proxyFor(url, env)?.href).toBe(expected);
  });
});
