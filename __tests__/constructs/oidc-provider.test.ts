import { OidcProvider } from "../../constructs/oidc-provider";
import { issuerOf } from "../../lib/token/issuer";
import { anAccount, organization } from "../fixtures/access";
import { resourcesOf } from "./declare";

function provider(audiences: readonly string[], server?: string): unknown {
  return resourcesOf(
    (stack) =>
      new OidcProvider(stack, "circleci", {
        issuer: issuerOf({ ...organization, ...(server === undefined ? {} : { server }) }),
        audiences,
        provider: anAccount().provider,
      }),
  );
}

describe("the OIDC provider, complete", () => {
  test("the organization's own issuer and its audience; no thumbprint", () => {
    expect(provider([organization.audience])).toEqual({
      aws_iam_openid_connect_provider: {
        circleci: {
          url: "https://oidc.circleci.com/org/6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11",
          client_id_list: ["6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11"],
        },
      },
    });
  });

  test("a CircleCI Server's issuer", () => {
    expect(provider(["a"], "circleci.acme.example")).toEqual({
      aws_iam_openid_connect_provider: {
        circleci: {
          url: "https://circleci.acme.example/org/6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11",
          client_id_list: ["a"],
        },
      },
    });
  });

  test("an audience that looks like a Terraform template stays literal", () => {
    expect(provider(["%{if}", "${path.cwd}", "plain"])).toEqual({
      aws_iam_openid_connect_provider: {
        circleci: {
          url: "https://oidc.circleci.com/org/6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11",
          client_id_list: ["%%{if}", "$${path.cwd}", "plain"],
        },
      },
    });
  });

  test("an audience that is a cdktf token is rejected", () => {
    expect(() => provider(["#{TfToken[TOKEN.0]}"])).toThrow(
      expect.objectContaining({ code: "cdktf-token-in-text" }),
    );
  });
});
