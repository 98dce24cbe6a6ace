import {
  ALICE,
  ANY_USER,
  aliceOnMain,
  BOB,
  ISSUER,
  ORGANIZATION,
  PROVIDER_ARN,
  role,
  subject,
  trust,
  withAws,
} from "../pieces";
import type { Blocks, Scenario } from "../scenario";

function withDeploy(more: Blocks): Blocks {
  return withAws({ resource: { aws_iam_role: { deploy: role("website-deploy", more) } } });
}

function withTrust(...subjects: readonly string[]): Blocks {
  return withDeploy({ assume_role_policy: trust(subjects) });
}

/**
 * The same tokens in other words: keys in another order, lists of one, an operator with the same
 * meaning for a text without wildcards.
 */
const reworded = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "Deploy",
      Condition: {
        StringEquals: { [`${ISSUER}:sub`]: [aliceOnMain, aliceOnMain], [`${ISSUER}:aud`]: [ORGANIZATION] },
      },
      Action: ["sts:AssumeRoleWithWebIdentity"],
      Principal: { Federated: [PROVIDER_ARN] },
      Effect: "Allow",
    },
  ],
});

/** Who may take a role on, and for how long. */
export const trustPolicies: Scenario = {
  name: "trust",
  steps: [
    { apply: withDeploy({}) },
    { plan: "trust-branch-widened", of: withTrust(subject(ALICE, "refs/heads/*")) },
    { plan: "trust-person-added", of: withTrust(aliceOnMain, subject(BOB, "refs/heads/main")) },
    { plan: "trust-person-exchanged", of: withTrust(subject(BOB, "refs/heads/main")) },
    { plan: "trust-everyone", of: withTrust(subject(ANY_USER, "refs/heads/main")) },
    { plan: "trust-reworded", of: withDeploy({ assume_role_policy: reworded }) },
    { plan: "session-raised", of: withDeploy({ max_session_duration: 43_200 }) },
  ],
};
