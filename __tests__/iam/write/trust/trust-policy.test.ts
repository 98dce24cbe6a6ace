import type { Grant } from "../../../../lib/config/model/model";
import { providerArn } from "../../../../lib/iam/language/arns";
import { printPolicy } from "../../../../lib/iam/language/document";
import { writeTrustPolicy } from "../../../../lib/iam/write/trust/trust-policy";
import {
  aGrant,
  alice,
  anAccount,
  anyRef,
  anyRefOrNone,
  bob,
  everyone,
  only,
  refs,
} from "../../../fixtures/access";

const KEY = "oidc.circleci.com/org/6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
const PROVIDER = `arn:aws:iam::123456789012:oidc-provider/${KEY}`;
const ORGANIZATION = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
const JOB = `org/${ORGANIZATION}/project/77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03/user/`;
const ALICE = `${JOB}0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01`;
const BOB = `${JOB}91d0a1f7-6c0b-4d3e-9a5c-6f1e8d2b3c02`;
const SOMEBODY = `${JOB}????????-????-????-????-????????????`;
const FROM = "/vcs-origin/github.com/acme/website/vcs-ref/";

/** What IAM is sent, parsed again. */
function written(differences: Partial<Grant>): unknown {
  const grant = aGrant(differences);
  return JSON.parse(printPolicy(writeTrustPolicy(grant, providerArn(anAccount(), grant), 2_048)));
}

function policyWith(condition: object): object {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: PROVIDER },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: condition,
      },
    ],
  };
}

describe("the trust policy, complete", () => {
  test("without periods its bytes are those of a file that knows none", () => {
    const grant = aGrant({ people: only(alice), refs: refs({ branches: ["main"] }) });
    expect(printPolicy(writeTrustPolicy(grant, PROVIDER, 2_048))).toBe(
      `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"${PROVIDER}"},` +
        '"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{' +
        `"${KEY}:aud":"${ORGANIZATION}","${KEY}:sub":"${ALICE}${FROM}refs/heads/main"}}}]}`,
    );
  });

  test("one person, one branch: one subject, compared exactly", () => {
    expect(written({ people: only(alice), refs: refs({ branches: ["main"] }) })).toEqual(
      policyWith({
        StringEquals: { [`${KEY}:aud`]: ORGANIZATION, [`${KEY}:sub`]: `${ALICE}${FROM}refs/heads/main` },
      }),
    );
  });

  test("two people, a branch and a tag: every person with every ref, compared exactly", () => {
    expect(written({ people: only(alice, bob), refs: refs({ branches: ["main"], tags: ["v1"] }) })).toEqual(
      policyWith({
        StringEquals: {
          [`${KEY}:aud`]: ORGANIZATION,
          [`${KEY}:sub`]: [
            `${ALICE}${FROM}refs/heads/main`,
            `${ALICE}${FROM}refs/tags/v1`,
            `${BOB}${FROM}refs/heads/main`,
            `${BOB}${FROM}refs/tags/v1`,
          ],
        },
      }),
    );
  });

  test("everyone, one branch: one question mark for each character of a user's id", () => {
    expect(written({ people: everyone, refs: refs({ branches: ["main"] }) })).toEqual(
      policyWith({
        StringEquals: { [`${KEY}:aud`]: ORGANIZATION },
        StringLike: { [`${KEY}:sub`]: `${SOMEBODY}${FROM}refs/heads/main` },
      }),
    );
  });

  test("one person, branch release/*: a star only at the end", () => {
    expect(written({ refs: refs({ branches: ["release/*"] }) })).toEqual(
      policyWith({
        StringEquals: { [`${KEY}:aud`]: ORGANIZATION },
        StringLike: { [`${KEY}:sub`]: `${ALICE}${FROM}refs/heads/release/*` },
      }),
    );
  });

  test("everyone, any ref: every ref of the one repository", () => {
    expect(written({ people: everyone, refs: anyRef })).toEqual(
      policyWith({
        StringEquals: { [`${KEY}:aud`]: ORGANIZATION },
        StringLike: { [`${KEY}:sub`]: `${SOMEBODY}${FROM}*` },
      }),
    );
  });

  test("two people, any ref", () => {
    expect(written({ people: only(alice, bob), refs: anyRef })).toEqual(
      policyWith({
        StringEquals: { [`${KEY}:aud`]: ORGANIZATION },
        StringLike: { [`${KEY}:sub`]: [`${ALICE}${FROM}*`, `${BOB}${FROM}*`] },
      }),
    );
  });

  test("everyone, any ref and tokens without an origin: V1 subjects and refs", () => {
    expect(written({ people: everyone, refs: anyRefOrNone })).toEqual(
      policyWith({
        StringEquals: { [`${KEY}:aud`]: ORGANIZATION },
        StringLike: { [`${KEY}:sub`]: [SOMEBODY, `${SOMEBODY}${FROM}*`] },
      }),
    );
  });

  test("two people, any ref and tokens without an origin", () => {
    expect(written({ people: only(alice, bob), refs: anyRefOrNone })).toEqual(
      policyWith({
        StringEquals: { [`${KEY}:aud`]: ORGANIZATION },
        StringLike: { [`${KEY}:sub`]: [ALICE, `${ALICE}${FROM}*`, BOB, `${BOB}${FROM}*`] },
      }),
    );
  });

  test("another audience, another repository", () => {
    expect(
      written({ audience: "https://deploy.acme.example/*", repository: "gitlab.com/acme/web/site" }),
    ).toEqual(
      policyWith({
        StringEquals: {
          [`${KEY}:aud`]: "https://deploy.acme.example/${*}",
          [`${KEY}:sub`]: `${ALICE}/vcs-origin/gitlab.com/acme/web/site/vcs-ref/refs/heads/main`,
        },
      }),
    );
  });

  test("a branch name that looks like a policy variable is matched as text", () => {
    expect(written({ refs: refs({ branches: ["${aws:username}"] }) })).toEqual(
      policyWith({
        StringEquals: {
          [`${KEY}:aud`]: ORGANIZATION,
          [`${KEY}:sub`]: `${ALICE}${FROM}refs/heads/\${$}{aws:username}`,
        },
      }),
    );
  });
});

test("the provider's ARN has the account's own partition", () => {
  expect(providerArn(anAccount(), { organization: ORGANIZATION })).toBe(PROVIDER);
  expect(
    providerArn(anAccount({ partition: "aws-cn", id: "000000000001" }), { organization: ORGANIZATION }),
  ).toBe(`arn:aws-cn:iam::000000000001:oidc-provider/${KEY}`);
});
