import { type GoldenName, goldenNames, goldenPlan } from "../../dev/golden/cases";
import { plainText } from "../../lib/describe/phrase";
import { readPlan } from "../../lib/diff/read-plan";
import { reviewOf } from "../../lib/report/model/review-of";
import { anAccess } from "../fixtures/access";

/** What a real plan means for access: each change in a line, then what it says. */
function reportedOf(name: GoldenName): readonly string[] {
  const { access } = reviewOf([readPlan(goldenPlan(name), name)], { access: anAccess() });
  return access.flatMap(({ source, aspect, relation, subject, reason, sentences }) => [
    `${source} ${aspect} ${relation} ${subject}${reason === undefined ? "" : `: ${plainText(reason)}`}`,
    ...sentences.map(({ effect, phrase }) => `${effect === "gained" ? "+" : "-"} ${plainText(phrase)}`),
  ]);
}

const aliceFromMain = "alice can now assume website-deploy from main of github.com/acme/website";
const object = "arn:aws:s3:::acme-website/*";
const CIRCLECI = "oidc.circleci.com/org/6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
/** Of the account, the plan says where the provider's ARN is known. */
const newProvider = (where: string): string =>
  `+ new OIDC provider${where}: the CircleCI organization of access.yaml, whose tokens roles can now trust, for the default audience`;
const thatIsAlice = "; this applies to alice from main of github.com/acme/website";
const everythingNow = `+ website-deploy can now perform every action on every resource${thatIsAlice}`;
const administrator = "policy arn:aws:iam::123456789012:policy/administrator";

const CASES: Partial<Record<GoldenName, readonly string[]>> = {
  "no-changes": [],
  update: [],
  moved: [],
  "moved-into-module": [],
  import: [],
  "replace-by-request": [],
  "replace-because-tainted": [],
  "outputs-only": [],
  deposed: [],
  target: [],
  create: [
    "plan trust broader website-deploy",
    `+ ${aliceFromMain}`,
    "plan permissions broader website-deploy",
    `+ website-deploy can now perform s3:GetObject on ${object}${thatIsAlice}`,
    `+ website-deploy can now perform s3:PutObject on ${object}`,
  ],
  destroy: [
    "plan permissions narrower website-deploy",
    `- website-deploy can no longer perform s3:GetObject on ${object}`,
    `- website-deploy can no longer perform s3:PutObject on ${object}`,
  ],
  forgotten: [
    "plan trust same website-deploy: Terraform forgets it: it remains in AWS, and later plans do not show changes to it",
  ],
  "trust-person-added": [
    "plan trust broader website-deploy",
    "+ bob can now assume website-deploy from main of github.com/acme/website",
  ],
  "trust-person-exchanged": [
    "plan trust both-ways website-deploy",
    "+ bob can now assume website-deploy from main of github.com/acme/website",
    "- alice can no longer assume website-deploy from main of github.com/acme/website",
  ],
  "trust-branch-widened": [
    "plan trust broader website-deploy",
    "+ alice can now assume website-deploy from any branch of github.com/acme/website",
  ],
  "trust-everyone": [
    "plan trust broader website-deploy",
    "+ everyone else who can start a pipeline of website can now assume website-deploy from main of github.com/acme/website",
  ],
  "trust-reworded": ["plan trust same website-deploy"],
  "import-and-update": [
    "plan trust broader website-deploy",
    "+ bob can now assume website-deploy from main of github.com/acme/website",
  ],
  "module-changed": [
    "plan trust broader website-deploy",
    "+ bob can now assume website-deploy from main of github.com/acme/website",
  ],
  "unknown-trust-created": [
    `plan provider broader ${CIRCLECI}`,
    newProvider(""),
    "plan trust unknown website-deploy: its trust policy is known only after apply: it depends on aws_iam_openid_connect_provider.circleci.arn",
  ],
  "data-read-at-apply": [
    `plan provider broader ${CIRCLECI}`,
    newProvider(" in account main"),
    "plan trust unknown website-deploy: its trust policy is known only after apply: it depends on aws_iam_openid_connect_provider.circleci.arn",
  ],
  "unknown-attachment": [
    "plan permissions broader website-deploy",
    `+ website-deploy can now perform s3:GetObject on ${object}${thatIsAlice}`,
    "plan exclusive narrower website-deploy",
    "- managed policies that are attached to website-deploy outside of Terraform are now removed by the next deploy",
  ],
  "inline-policy-widened": ["plan permissions broader website-deploy", everythingNow],
  "inline-policy-in-role-widened": [
    "plan permissions broader website-legacy",
    `+ website-legacy can now perform s3:PutObject on ${object}${thatIsAlice}`,
  ],
  "inline-policy-in-role-removed": [
    "plan permissions narrower website-legacy",
    `- website-legacy can no longer perform s3:GetObject on ${object}`,
  ],
  "managed-policy-widened": ["plan permissions same website-deploy: its effective permissions are unchanged"],
  "drift-no-changes": [
    `drift permissions unknown website-deploy: ${administrator} is attached; its contents are not in the plan; ` +
      `${administrator} was added outside of Terraform, and the plan keeps it; inline policy back-door was added outside of Terraform, and the plan keeps it`,
    everythingNow,
  ],
  "drift-refresh-only": [
    `drift permissions unknown website-deploy: ${administrator} is attached; its contents are not in the plan; ` +
      `${administrator} was added outside of Terraform, and the plan keeps it; inline policy back-door was added outside of Terraform, and the plan keeps it`,
    everythingNow,
  ],
  "drift-exclusive-created": [
    `drift permissions unknown website-deploy: ${administrator} is attached; its contents are not in the plan; ` +
      `${administrator} was added outside of Terraform, and the plan removes it; inline policy back-door was added outside of Terraform, and the plan removes it`,
    everythingNow,
    `plan permissions unknown website-deploy: ${administrator} is detached; its contents are not in the plan`,
    "- website-deploy can no longer perform every action on every resource",
    "plan exclusive narrower website-deploy",
    "- managed policies that are attached to website-deploy outside of Terraform are now removed by the next deploy",
    "plan exclusive narrower website-deploy",
    "- inline policies that are added to website-deploy outside of Terraform are now removed by the next deploy",
  ],
  "exclusive-removed": [
    "plan exclusive broader website-deploy",
    "+ inline policies that are added to website-deploy outside of Terraform are no longer removed by a deploy",
    "plan exclusive broader website-deploy",
    "+ managed policies that are attached to website-deploy outside of Terraform are no longer removed by a deploy",
  ],
  "boundary-removed": [
    "plan permissions broader website-deploy",
    `+ permissions boundary boundary no longer limits website-deploy, which it limited to s3:* on every resource${thatIsAlice}`,
  ],
  "bucket-policy-opened": [
    "plan bucket-policy broader acme-website",
    `+ anyone can now perform s3:GetObject on ${object}, for requests over TLS`,
  ],
  "public-access-block-loosened": [
    "plan public-access broader acme-website",
    "+ new bucket policies that grant public access are no longer blocked on acme-website",
    "+ a bucket policy that grants public access is no longer restricted on acme-website",
  ],
  "provider-audience-added": [
    `plan provider broader ${CIRCLECI}: every examined role that trusts it has its own audience condition`,
    "+ CircleCI's OIDC provider in account main now accepts tokens for sts.amazonaws.com, also in every role that trusts it without an audience condition",
  ],
};

test.each(Object.keys(CASES).filter((name): name is GoldenName => name in CASES))("%s", (name) => {
  expect([...reportedOf(name)].sort()).toEqual([...(CASES[name] ?? [])].sort());
});

test("no secret of a golden plan is in its review", () => {
  for (const name of goldenNames.filter((one) => one.startsWith("sensitive")))
    expect(JSON.stringify(readPlan(goldenPlan(name), name).facts)).not.toMatch(/SECRET/);
});

test("a read plan is plain data: after a round trip through JSON it gives the same review", () => {
  for (const name of [
    "create",
    "drift-exclusive-created",
    "unknown-attachment",
    "sensitive-update",
  ] as const) {
    const kept = readPlan(goldenPlan(name), name);
    const again: typeof kept = JSON.parse(JSON.stringify(kept));
    expect(again).toEqual(kept);
    expect(reviewOf([again], { access: anAccess() })).toEqual(reviewOf([kept], { access: anAccess() }));
  }
});
