import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type AuditResult, auditInputs } from "../../lib/audit/audit";
import { readInputs } from "../../lib/audit/inputs/read-inputs";

export const ORG = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
export const PROJECT = "0a1b2c3d-4e5f-4a6b-8c7d-8e9f0a1b2c3d";
export const HOST = `oidc.circleci.com/org/${ORG}`;
const PROVIDER = `arn:aws:iam::123456789012:oidc-provider/${HOST}`;
const ANYONE = "????????-????-????-????-????????????";

/** Allows only the project's jobs on `main`, so there is no finding. */
export const exact = trust(
  `org/${ORG}/project/${PROJECT}/user/${ANYONE}/vcs-origin/github.com/acme/site/vcs-ref/refs/heads/main`,
);
/** Lets in every project. */
export const everyProject = trust(`org/${ORG}/project/*`);
export const ofLambda = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

/** A trust policy for subjects like this, of another provider if told so. */
export function trust(subject: string, provider: unknown = PROVIDER, host = HOST) {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: provider },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { StringEquals: { [`${host}:aud`]: ORG }, StringLike: { [`${host}:sub`]: subject } },
      },
    ],
  };
}

/** A folder of a test's own, and what is to be audited in it. */
export class Inputs {
  readonly folder = mkdtempSync(path.join(tmpdir(), "audit-"));

  write(content: unknown, name = "input.json"): string {
    const file = path.join(this.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(
      file,
      Buffer.isBuffer(content) || typeof content === "string" ? content : JSON.stringify(content),
    );
    return file;
  }

  audit(content: unknown, name?: string): AuditResult {
    return audit(this.write(content, name));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

export function audit(...files: readonly string[]): AuditResult {
  return auditInputs(readInputs(files));
}

/** Which finding each role has, and how many roles of each kind there are. */
export function inShort({ findings, audited, notDecided, otherIssuers, others }: AuditResult) {
  return {
    found: findings.map(({ role, id }) => `${role} ${id}`),
    audited,
    notDecided,
    otherIssuers,
    others,
  };
}

/** The same without the roles that are not for CircleCI. */
export function foundIn(result: AuditResult) {
  const { found, audited, others } = inShort(result);
  return { found, audited, others };
}
