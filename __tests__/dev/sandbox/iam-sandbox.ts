import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { policy, type SessionKeys, sessionOf, TestSandbox, trustAlice } from "./test-sandbox";

export const ACCOUNT = "arn:aws:iam::123456789012";
export const BOUNDARY = `${ACCOUNT}:policy/boundary`;
/** A policy that allows everything, not meant as a boundary. */
export const LOOSE = `${ACCOUNT}:policy/loose`;
export const TEAM_POLICY = `${ACCOUNT}:policy/ci/team`;
export const TRUST = JSON.stringify(trustAlice);
export const READING = policy({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" });

/**
 * An account with roles to manage: `bound` (`/ci/`, with the boundary, tag team=web), `free`
 * (`/ci/`, without a boundary), `loose` (`/ci/`, with another boundary) and `elsewhere` (no path,
 * with the boundary).
 */
export class IamSandbox extends TestSandbox {
  private readonly clients: IAMClient[] = [];

  override async start(): Promise<void> {
    await super.start();
    const wide = policy({ Effect: "Allow", Action: "*", Resource: "*" });
    for (const [PolicyName, Path, PolicyDocument] of [
      ["boundary", "/", READING],
      ["loose", "/", wide],
      ["team", "/ci/", READING],
    ] as const)
      await this.iam.send(new CreatePolicyCommand({ PolicyName, Path, PolicyDocument }));
    await this.existing("bound", "/ci/", BOUNDARY, [{ Key: "team", Value: "web" }]);
    await this.existing("free", "/ci/");
    await this.existing("loose", "/ci/", LOOSE);
    await this.existing("elsewhere", "/", BOUNDARY);
  }

  override async stop(): Promise<void> {
    for (const client of this.clients) client.destroy();
    await super.stop();
  }

  /** Creates a role with an inline and an attached policy. */
  async existing(
    RoleName: string,
    Path: string,
    PermissionsBoundary?: string,
    Tags: { readonly Key: string; readonly Value: string }[] = [],
  ): Promise<void> {
    await this.iam.send(
      new CreateRoleCommand({
        RoleName,
        Path,
        Tags,
        AssumeRolePolicyDocument: TRUST,
        ...(PermissionsBoundary === undefined ? {} : { PermissionsBoundary }),
      }),
    );
    await this.iam.send(
      new PutRolePolicyCommand({ RoleName, PolicyName: "inline", PolicyDocument: READING }),
    );
    await this.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: TEAM_POLICY }));
  }

  /** Keys of a session of a new role that has only these statements. */
  async keysWith(RoleName: string, ...statements: readonly object[]): Promise<SessionKeys> {
    return sessionOf(await this.assume(await this.createRole(RoleName, policy(...statements))));
  }

  /** An IAM client with such a session. */
  async iamWith(RoleName: string, ...statements: readonly object[]): Promise<IAMClient> {
    const client = new IAMClient({
      endpoint: this.sandbox.endpoint,
      region: "us-east-1",
      maxAttempts: 1,
      credentials: await this.keysWith(RoleName, ...statements),
    });
    this.clients.push(client);
    return client;
  }
}

export function allow(
  Action: string | readonly string[],
  Resource: string | readonly string[],
  Condition?: object,
) {
  return { Effect: "Allow", Action, Resource, ...(Condition === undefined ? {} : { Condition }) };
}
