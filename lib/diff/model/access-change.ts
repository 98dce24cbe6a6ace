import type { Phrase } from "../../describe/phrase";
import type { Relation } from "../../describe/relation";
import type { FindingId, Severity } from "../../iam/audit/core/finding";
import type { CounterexampleClaims } from "../../iam/prove/tokens/counterexample";

/** By which way access changes. */
export type Aspect =
  /** Who may assume a role: its trust policy. */
  | "trust"
  /** What it may do: inline policies, attachments and boundary together. */
  | "permissions"
  /** Who gets credentials of a user or a permission set: access keys, passwords, assignments. */
  | "credentials"
  /** Which roles a resource runs as: its role, or the role of its instance profile. */
  | "runs-as"
  /** For how long: the longest session. */
  | "session"
  /** Whose tokens the account takes: an OIDC provider's URL and audiences. */
  | "provider"
  /** Who may do what with a bucket, by its own policy. */
  | "bucket-policy"
  /** The same of another resource that has a policy, such as a queue, a key or a repository. */
  | "resource-policy"
  /** What keeps a bucket from the public: public access block, ownership, ACL. */
  | "public-access"
  /**
   * Whom a share, a permission or a setting of a resource lets in: other accounts, the public,
   * named principals.
   */
  | "sharing"
  /** That nothing else than what is declared may hang on a role: the exclusive resources. */
  | "exclusive";

/** What a change means for access. */
export interface AccessChange {
  /** The same for the same change, whenever it is planned: what `--accept` takes. */
  readonly id: string;
  /** The stack or file whose plan changes it. */
  readonly stack: string;
  readonly aspect: Aspect;
  /**
   * The name of the role, bucket, provider or other resource, `user eve`, `group ops` or
   * `permission set Admin`; or its address where that is known only after apply.
   */
  readonly subject: string;
  /** What is changed, such as `aws_iam_role.deploy`: one address at least, sorted. */
  readonly addresses: readonly string[];
  /** `drift`: it has happened already, by somebody else's hand. */
  readonly source: "plan" | "drift";
  readonly relation: Relation;
  /** Why it is unknown, or what one should know besides. */
  readonly reason?: Phrase;
  readonly sentences: readonly AccessSentence[];
}

/** One sentence that a person understands, and what proves it. */
export interface AccessSentence {
  readonly effect: "gained" | "lost";
  /** People of access.yaml by their names, where it is about them; sorted. */
  readonly people: readonly string[];
  /**
   * Without a full stop, such as: bob can now assume `website-deploy` from `refs/heads/main` of
   * `github.com/acme/website`.
   */
  readonly phrase: Phrase;
  readonly proof?: Proof;
}

/** What somebody can try it with. */
export type Proof = TokenProof | RequestProof;

export interface TokenProof {
  readonly kind: "token";
  /** The ARN of the provider that it comes through. */
  readonly provider: string;
  readonly claims: CounterexampleClaims;
  /**
   * What must be so besides, in words, such as
   * `from outside 10.0.0.0/8 (aws:SourceIp = 203.0.113.7)`, `without MFA`, `if …: allows it`.
   */
  readonly facts: readonly string[];
}

export interface RequestProof {
  readonly kind: "request";
  readonly action: string;
  readonly resource: string;
  /** Who asks, where the policy is a resource's. */
  readonly caller?: string;
  readonly facts: readonly string[];
}

/** A finding of `audit` on the trust policy as it is planned. */
export interface ReviewFinding {
  /** What `--accept` takes. */
  readonly id: string;
  readonly stack: string;
  readonly role: string;
  readonly address: string;
  readonly rule: FindingId;
  readonly severity: Severity;
  /** Where in the policy. */
  readonly path: string;
  readonly message: string;
  /** The policy as it is now does not have it. */
  readonly isNew: boolean;
  readonly proof?: TokenProof;
}

/** All aspects, in the order of a report. */
export const ASPECTS: readonly Aspect[] = [
  ...(["trust", "permissions", "credentials", "runs-as", "session", "provider"] as const),
  ...(["bucket-policy", "resource-policy", "public-access", "sharing", "exclusive"] as const),
];
