import type { Blocks } from "./scenario";

/** The talk's made-up ids, as in examples/talk/access.yaml. */
export const ORGANIZATION = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
export const WEBSITE = "77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03";
export const ALICE = "0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01";
export const BOB = "91d0a1f7-6c0b-4d3e-9a5c-6f1e8d2b3c02";
/** A user's UUID by its width alone. */
export const ANY_USER = "????????-????-????-????-????????????";

export const ISSUER = `oidc.circleci.com/org/${ORGANIZATION}`;
export const PROVIDER_ARN = `arn:aws:iam::123456789012:oidc-provider/${ISSUER}`;

/**
 * What every configuration here begins with; `more` may name blocks of other kinds, and of these
 * instead.
 */
export function withAws(more: Blocks): Blocks {
  return {
    terraform: { required_providers: { aws: { source: "hashicorp/aws", version: "5.100.0" } } },
    provider: { aws: { region: "us-east-1" } },
    ...more,
  };
}

/** A V2 subject of the talk's project. @param ref a whole git ref, or a pattern of them */
export function subject(user: string, ref: string): string {
  const origin = "github.com/acme/website";
  return `org/${ORGANIZATION}/project/${WEBSITE}/user/${user}/vcs-origin/${origin}/vcs-ref/${ref}`;
}

export const aliceOnMain = subject(ALICE, "refs/heads/main");

/** A trust policy for these subjects. @param provider an ARN, or an expression that gives one */
export function trust(subjects: readonly string[], provider = PROVIDER_ARN): string {
  const condition = { [`${ISSUER}:aud`]: ORGANIZATION };
  return policy({
    Effect: "Allow",
    Principal: { Federated: provider },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { StringEquals: condition, StringLike: { [`${ISSUER}:sub`]: subjects } },
  });
}

export function allow(action: string | readonly string[], resource: string | readonly string[]): object {
  return { Effect: "Allow", Action: action, Resource: resource };
}

/** A policy document of these statements, as text. */
export function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

export const readSite = policy(allow("s3:GetObject", "arn:aws:s3:::acme-website/*"));
export const writeSite = policy(allow(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::acme-website/*"));
export const everything = policy(allow("*", "*"));

/** A role that Alice may take on from main, and what else is said of it. */
export function role(name: string, more: Blocks = {}): Blocks {
  return { name, assume_role_policy: trust([aliceOnMain]), ...more };
}
