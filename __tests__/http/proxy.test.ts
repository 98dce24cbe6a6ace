import { proxyFor } from "../../lib/http/proxy";

const https = new URL("https://releases.example.com/x");
const http = new URL("http://releases.example.com:8080/x");

describe("the proxy in the environment", () => {
  it.each([
    ["none", https, {}, undefined],
    ["https by HTTPS_PROXY", https, { HTTPS_PROXY: "http://p:1" }, "http://p:1/"],
    ["https, not by HTTP_PROXY", https, { HTTP_PROXY: "http://p:1" }, undefined],
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
      "a host with the same ending is not an exception",
      https,
      { HTTPS_PROXY: "http://p:1", NO_PROXY: "ases.example.com" },
      "http://p:1/",
    ],
    ["except one port", http, { HTTP_PROXY: "http://p:1", NO_PROXY: "example.com:8080" }, undefined],
    [
      "another port is not an exception",
      http,
      { HTTP_PROXY: "http://p:1", NO_PROXY: "example.com:80" },
      "http://p:1/",
    ],
    [
      "never for this machine, as in Terraform",
      new URL("http://127.0.0.1:8080/x"),
      { HTTP_PROXY: "http://p:1" },
      undefined,
    ],
    ["never for localhost", new URL("https://localhost/x"), { ALL_PROXY: "http://p:1" }, undefined],
    ["never for ::1", new URL("http://[::1]:8080/x"), { HTTP_PROXY: "http://p:1" }, undefined],
    [
      "for a host name that resembles localhost",
      new URL("http://127.0.0.1.example.com/x"),
      { HTTP_PROXY: "http://p:1" },
      "http://p:1/",
    ],
    [
      "except an address",
      new URL("https://10.1.2.3/x"),
      { HTTPS_PROXY: "http://p:1", NO_PROXY: "10.1.2.3" },
      undefined,
    ],
    [
      "an address whose end is an exception is none",
      new URL("https://110.1.2.3/x"),
      { HTTPS_PROXY: "http://p:1", NO_PROXY: "10.1.2.3" },
      "http://p:1/",
    ],
    [
      "except a range of addresses",
      new URL("https://10.1.2.3/x"),
      { HTTPS_PROXY: "http://p:1", NO_PROXY: "10.0.0.0/8" },
      undefined,
    ],
    [
      "an address outside of the range is no exception",
      new URL("https://11.1.2.3/x"),
      { HTTPS_PROXY: "http://p:1", NO_PROXY: "10.0.0.0/8" },
      "http://p:1/",
    ],
    [
      "an impossible range excepts nothing",
      new URL("https://10.1.2.3/x"),
      { HTTPS_PROXY: "http://p:1", NO_PROXY: "10.0.0.0/33,/8" },
      "http://p:1/",
    ],
    [
      "except a range of IPv6",
      new URL("https://[fd00::1]/x"),
      { HTTPS_PROXY: "http://p:1", NO_PROXY: "fd00::/8" },
      undefined,
    ],
    [
      "an empty NO_PROXY excepts nothing",
      https,
      { HTTPS_PROXY: "http://p:1", NO_PROXY: " , ." },
      "http://p:1/",
    ],
    ["except everything", https, { HTTPS_PROXY: "http://p:1", NO_PROXY: "*" }, undefined],
  ])("%s", (_name, url, env, expected) => {
    expect(proxyFor(url, env)?.href).toBe(expected);
  });

  it.each([
    ["an invalid address", "http://exa mple:1", "http://exa mple:1"],
    ["an unsupported kind of proxy", "socks5://p:1", "socks5://p:1"],
    ["a secret in it, which is not shown", "socks5://user:secret@p:1", "socks5://p:1"],
  ])("is rejected with %s", (_name, value, found) => {
    expect(() => proxyFor(https, { HTTPS_PROXY: value })).toThrow(
      expect.objectContaining({
        code: "proxy-unusable",
        found,
        message: expect.not.stringContaining("secret"),
      }),
    );
  });
});
