import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { identify } from "../../../../dev/sandbox/protocol/aws-call";
import { bucketOfHost } from "../../../../dev/sandbox/protocol/s3-host";

function incoming(method: string, url: string, headers: Record<string, string> = {}): IncomingMessage {
  const message = new IncomingMessage(new Socket());
  return Object.assign(message, { method, url, headers: { host: "127.0.0.1:4000", ...headers } });
}

function signed(service: string): Record<string, string> {
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=AKIA/20260801/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
  };
}

describe("the bucket in a host name", () => {
  test.each([
    ["site.s3.amazonaws.com", "site"],
    ["site.s3.amazonaws.com:443", "site"],
    ["site.s3.eu-west-1.amazonaws.com", "site"],
    ["site.s3-eu-west-1.amazonaws.com", "site"],
    ["site.s3.dualstack.us-gov-west-1.amazonaws.com", "site"],
    ["site.s3-fips.us-east-1.amazonaws.com", "site"],
    ["site.s3-accelerate.amazonaws.com", "site"],
    ["site.s3.cn-north-1.amazonaws.com.cn", "site"],
    ["my.dotted.site.s3.us-east-1.amazonaws.com", "my.dotted.site"],
    ["a.s3.s3.amazonaws.com", "a.s3"],
    ["site.s3.localhost:4566", "site"],
    ["site.s3.us-east-1.localhost", "site"],
    ["site.localhost:80", "site"],
    ["Site.S3.LocalHost", "site"],
    ["site.s3.amazonaws.com.", "site"],
  ])("%s → %s", (host, bucket) => {
    expect(bucketOfHost(host)).toBe(bucket);
  });

  test.each([
    "127.0.0.1:4000",
    "[::1]:4000",
    "localhost",
    "localhost:4000",
    "s3.localhost",
    "s3.amazonaws.com",
    "s3.eu-west-1.amazonaws.com",
    "s3-eu-west-1.amazonaws.com",
    "s3.dualstack.eu-west-1.amazonaws.com",
    "sts.amazonaws.com",
    "site.s3-control.us-east-1.amazonaws.com",
    "site.example.com",
    "moto",
    "",
    undefined,
  ])("%s has no bucket", (host) => {
    expect(bucketOfHost(host)).toBeUndefined();
  });
});

describe("calls", () => {
  test("path style: bucket and key from the path", () => {
    expect(identify(incoming("GET", "/site/a%20b/c?versionId=1", signed("s3")))).toMatchObject({
      method: "GET",
      service: "s3",
      bucket: "site",
      key: "a b/c",
      target: "/site/a%20b/c?versionId=1",
    });
  });

  test("virtual-hosted style: the same call, path-style for moto", () => {
    const call = identify(incoming("GET", "/a%20b/c", { ...signed("s3"), host: "site.s3.amazonaws.com" }));
    expect(call).toMatchObject({ bucket: "site", key: "a b/c", target: "/site/a%20b/c" });
  });

  test.each([
    "/site?policy",
    "/site/?policy=",
    "//site?policy",
    "/%2Fsite?%70olicy",
    "/s%69te?x-id=PutBucketPolicy&policy=",
  ])("%s is a call on the bucket policy", (url) => {
    const call = identify(incoming("PUT", url, signed("s3")));
    expect(call).toMatchObject({ service: "s3", bucket: "site" });
    expect(call).not.toHaveProperty("key");
    expect("query" in call && call.query.has("policy")).toBe(true);
  });

  test("an object named policy is not the bucket policy", () => {
    const call = identify(incoming("GET", "/site/policy", signed("s3")));
    expect(call).toMatchObject({ bucket: "site", key: "policy" });
  });

  test("only the path of an absolute URL is used", () => {
    const call = identify(incoming("GET", "http://169.254.169.254/latest/x?y=1"));
    expect(call).toMatchObject({ target: "/latest/x?y=1" });
    expect(identify(incoming("GET", "http://example.com"))).toMatchObject({ target: "/" });
    expect(identify(incoming("GET", "http://example.com?list-type=2"))).toMatchObject({
      target: "/?list-type=2",
    });
  });

  test.each(["*", "ftp://example.com/", "site", "/%zz", "/%ff"])("%s is invalid", (url) => {
    expect(identify(incoming("GET", url))).toHaveProperty("unreadable");
  });

  test.each([
    [signed("iam"), "POST", "/", "iam"],
    [signed("STS"), "POST", "/", "sts"],
    [signed("s3"), "GET", "/v20180820/tags/x", "s3-control"],
    [{ "content-type": "application/x-www-form-urlencoded; charset=utf-8" }, "POST", "/", "unsigned-form"],
    [{ "content-type": "application/x-www-form-urlencoded" }, "PUT", "/site", "s3"],
    [{ authorization: "nonsense" }, "GET", "/site", "s3"],
    [{}, "GET", "/", "s3"],
    [{}, "POST", "/moto-api/reset", "moto-api"],
    [{}, "GET", "/moto-api", "moto-api"],
    [{}, "POST", "//moto-api/reset", "moto-api"],
    [{}, "POST", "/%6doto%2Dapi/reset", "moto-api"],
    [{}, "POST", "/%2Fmoto-api/reset", "moto-api"],
    [{}, "POST", "http://localhost/moto-api/recorder/start-recording", "moto-api"],
    [{ host: "moto-api.localhost" }, "POST", "/reset", "moto-api"],
    [{ host: "moto-api.s3.amazonaws.com", ...signed("s3") }, "POST", "/reset", "moto-api"],
    [signed("iam"), "POST", "/moto-api/reset", "moto-api"],
    [{}, "GET", "/latest/meta-data/iam/security-credentials/", "moto-api"],
    [{}, "GET", "/latest/api/token", "moto-api"],
    [{}, "GET", "/favicon.ico", "moto-api"],
    [{}, "GET", "/latest/meta-datas", "s3"],
    [{}, "GET", "/favicon.ico/x", "s3"],
    [{ host: "website.localhost" }, "POST", "/moto-api/reset", "s3"],
    [{}, "POST", "/website/moto-api/reset", "s3"],
    [{}, "POST", "/website/../moto-api/reset", "s3"],
  ])("headers %j with %s %s: service %s, as in moto", (headers, method, url, service) => {
    expect(identify(incoming(method, url, headers))).toMatchObject({ service });
  });

  test("only S3 has buckets", () => {
    expect(identify(incoming("POST", "/site", signed("iam")))).not.toHaveProperty("bucket");
  });
});
