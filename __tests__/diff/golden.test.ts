import { type GoldenName, goldenNames, goldenPlan } from "../../dev/golden/cases";
import { plainText } from "../../lib/describe/phrase";
import { readPlan } from "../../lib/diff/read-plan";
import { reviewOf } from "../../lib/report/model/review-of";
import { anAccess } from "../fixtures/access";

/** What a real plan means for access: each change in a line, then what it says. */
function toldOf(name: GoldenName): readonly string[] {
  const { access } = reviewOf([readPlan(goldenPlan(name), name)], { access: anAccess() });
  return access.flatMap(({ source, aspect, relation, subject, reason, sentences }) => [
    `${source} ${aspect} ${relation} ${subject}${reason === undefined ? "" : `: ${plainText(reason)}`}`,
    ...sentences.map(({ effect, phrase }) => `${effect === "gained" ? "+" : "-"} ${plainText(phrase)}`),
  ]);
}

const aliceFromMain = "alice can now assume website-deploy from main of github.com/acme/website";
const object = "arn:aws:s3:::acme-website/index.html";
const CIRCLECI = "oidc.circleci.com/org/6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
const thatIsAlice = ": that is alice from main of github.com/acme/website";
const everythingNow = `+ website-deploy can now do *, such as s3:GetObject on arn:aws:s3:::some-bucket/index.html${thatIsAlice}`;
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
    `+ website-deploy can now s3:GetObject on ${object}${thatIsAlice}`,
    `+ website-deploy can now s3:PutObject on ${object}`,
  ],
  destroy: [
    "plan permissions narrower website-deploy",
    `- website-deploy can no longer s3:GetObject on ${object}`,
    `- website-deploy can no longer s3:PutObject on ${object}`,
  ],
  forgotten: [
    "plan trust same website-deploy: Terraform forgets it: it stays as it is, and no plan shows any more what becomes of it",
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
    `+ roles that trust them now take tokens of ${CIRCLECI} for 6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11`,
    "plan trust unknown website-deploy: its trust policy is known only after apply: it hangs on aws_iam_openid_connect_provider.circleci.arn",
  ],
  "data-read-at-apply": [
    `plan provider broader ${CIRCLECI}`,
    `+ roles that trust them now take tokens of ${CIRCLECI} for 6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11`,
    "plan trust unknown website-deploy: its trust policy is known only after apply: it hangs on aws_iam_openid_connect_provider.circleci.arn",
  ],
  "unknown-attachment": [
    "plan permissions broader website-deploy",
    `+ website-deploy can now s3:GetObject on ${object}${thatIsAlice}`,
    "plan exclusive narrower website-deploy",
    "- whatever somebody may attach to website-deploy by hand is taken away by the next deploy",
  ],
  "inline-policy-widened": ["plan permissions broader website-deploy", everythingNow],
  "inline-policy-in-role-widened": [
    "plan permissions broader website-legacy",
    `+ website-legacy can now s3:PutObject on ${object}${thatIsAlice}`,
  ],
  "inline-policy-in-role-removed": [
    "plan permissions narrower website-legacy",
    `- website-legacy can no longer s3:GetObject on ${object}`,
  ],
  "managed-policy-widened": [
    "plan permissions same website-deploy: all its policies together allow what they allowed before",
  ],
  "drift-no-changes": [
    `drift permissions unknown website-deploy: ${administrator} comes in, and no plan knows what it says; ` +
      `${administrator} was added by hand, and the plan leaves it; inline policy back-door was added by hand, and the plan leaves it`,
    everythingNow,
  ],
  "drift-refresh-only": [
    `drift permissions unknown website-deploy: ${administrator} comes in, and no plan knows what it says; ` +
      `${administrator} was added by hand, and the plan leaves it; inline policy back-door was added by hand, and the plan leaves it`,
    everythingNow,
  ],
  "drift-exclusive-created": [
    `drift permissions unknown website-deploy: ${administrator} comes in, and no plan knows what it says; ` +
      `${administrator} was added by hand, and the plan takes it away; inline policy back-door was added by hand, and the plan takes it away`,
    everythingNow,
    `plan permissions unknown website-deploy: ${administrator} goes away, and no plan knows what it says`,
    "- website-deploy can no longer do *, such as s3:GetObject on arn:aws:s3:::some-bucket/index.html",
    "plan exclusive narrower website-deploy",
    "- whatever somebody may attach to website-deploy by hand is taken away by the next deploy",
    "plan exclusive narrower website-deploy",
    "- whatever somebody may write into website-deploy by hand is taken away by the next deploy",
  ],
  "exclusive-removed": [
    "plan exclusive broader website-deploy",
    "+ whatever somebody may write into website-deploy by hand now stays: no deploy takes it away",
    "plan exclusive broader website-deploy",
    "+ whatever somebody may attach to website-deploy by hand now stays: no deploy takes it away",
  ],
  "boundary-removed": [
    "plan permissions broader website-deploy",
    `+ boundary arn:aws:iam::123456789012:policy/boundary no longer limits what website-deploy can do${thatIsAlice}`,
  ],
  "bucket-policy-opened": [
    "plan bucket-policy broader acme-website",
    `+ anybody can now s3:GetObject on ${object}, for requests over TLS`,
  ],
  "public-access-block-loosened": [
    "plan public-access broader acme-website",
    "+ a policy that lets the public in is no longer refused for acme-website",
    "+ a policy that lets the public in now lets it in to acme-website",
  ],
  "provider-audience-added": [
    `plan provider broader ${CIRCLECI}: every role of these plans that trusts it asks for an audience of its own`,
    `+ every role that trusts ${CIRCLECI} and asks for no audience now takes tokens for sts.amazonaws.com`,
  ],
};

test.each(Object.keys(CASES).filter((name): name is GoldenName => name in CASES))("%s", (name) => {
  expect([...toldOf(name)].sort()).toEqual([...(CASES[name] ?? [])].sort());
});

test("no secret of a real plan is in what is kept of it", () => {
  for (const name of goldenNames.filter((one) => one.startsWith("sensitive")))
    expect(JSON.stringify(readPlan(goldenPlan(name), name).facts)).not.toMatch(/SECRET/);
});

test("what is kept of a plan is plain data: written and read again it gives the same review", () => {
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
