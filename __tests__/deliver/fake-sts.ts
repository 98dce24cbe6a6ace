import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** An STS on the loopback interface that says whose credentials these are. */
export interface FakeSts {
  /** For a program that is to use it. */
  readonly environment: Readonly<Record<string, string>>;
  /** How often it was asked. */
  readonly calls: () => number;
  readonly close: () => Promise<void>;
}

/** @param account 12 digits */
export async function fakeSts(account: string): Promise<FakeSts> {
  let calls = 0;
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      calls += 1;
      response.setHeader("content-type", "text/xml");
      response.end(
        `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::${account}:user/test</Arn><UserId>AIDATEST</UserId><Account>${account}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    environment: {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: "AKIATEST",
      AWS_SECRET_ACCESS_KEY: "test",
      NO_PROXY: "127.0.0.1",
    },
    calls: () => calls,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
