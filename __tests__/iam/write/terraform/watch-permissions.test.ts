import { accessFromText } from "../../../../lib/config/load";
import { inlinePolicies } from "../../../../lib/iam/write/inline-policies";
import { LIVE_ACTIONS } from "../../../../lib/live/read/live-calls";
import { roleOf } from "./a-file";
import { IAM_ACTIONS, S3_ACTIONS, verdictsOf } from "./calls";

const FILE = `organization: { id: 6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11 }
accounts: { main: { id: "123456789012", region: us-east-1, state: { bucket: acme-terraform-state } } }
people: { scheduled: d9b3fcaa-6032-405a-8c75-40079ce33c3e }
projects:
  infrastructure:
    id: 77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03
    repository: github.com/acme/infrastructure
    roles:
      watch: { people: [scheduled], branches: [main], terraform: watch }
      deploy: { people: [scheduled], branches: [main], bucket: acme-website }
`;
const documents = inlinePolicies(roleOf(accessFromText(FILE, "access.yaml"), "watch")).map(
  ({ document }) => document,
);
const may = verdictsOf(documents);

/** Besides the account itself: CloudTrail's records, and the record of the last run. */
const OWN = ["cloudtrail:LookupEvents", "s3:GetObject", "s3:ListBucket", "s3:PutObject"];

test("the actions are those of the calls that watch makes, and no others", () => {
  const actions = documents.flatMap(({ Statement }) => Statement.flatMap(({ Action = [] }) => Action));
  expect([...actions].sort()).toEqual([...LIVE_ACTIONS, ...OWN].sort());
});

const [STATE, WEBSITE] = ["arn:aws:s3:::acme-terraform-state", "arn:aws:s3:::acme-website"];
const IAM = "arn:aws:iam::123456789012";

test.each([
  ["iam:GetRole", `${IAM}:role/legacy`, "allowed"],
  ["iam:GetRole", "arn:aws:iam::210987654321:role/legacy", "denied"],
  ["iam:GetOpenIDConnectProvider", `${IAM}:oidc-provider/oidc.circleci.com/org/x`, "allowed"],
  ["iam:GetUser", `${IAM}:user/eve`, "denied"],
  ["s3:GetBucketPolicy", WEBSITE, "allowed"],
  ["s3:GetBucketPolicy", `${WEBSITE}2`, "denied"],
  ["s3:ListBucket", STATE, "allowed"],
  ["s3:ListBucket", WEBSITE, "denied"],
  ["s3:GetObject", `${STATE}/watch.json`, "allowed"],
  ["s3:GetObject", `${STATE}/main-website.tfstate`, "denied"],
  ["s3:PutObject", `${STATE}/watch.json`, "allowed"],
  ["s3:PutObject", `${STATE}/watch.json2`, "denied"],
  ["s3:PutObject", `${STATE}/main-website.tfstate`, "denied"],
  ["s3:GetObject", `${WEBSITE}/index.html`, "denied"],
  ["s3:DeleteObject", `${STATE}/watch.json`, "denied"],
])("%s on %s: %s", (action, resource, verdict) => {
  expect(may(action, resource)).toBe(verdict);
});

test("it changes nothing but its record", () => {
  const resources = [STATE, WEBSITE, `${STATE}/watch.json`, `${STATE}/x`, `${IAM}:role/x`, `${IAM}:policy/x`];
  const changes = [...IAM_ACTIONS, ...S3_ACTIONS].filter((action) => !/:(Get|List)/.test(action));
  const allowed = resources.flatMap((resource) =>
    changes.filter((action) => may(action, resource) !== "denied").map((action) => `${action} ${resource}`),
  );
  expect(allowed).toEqual([`s3:PutObject ${STATE}/watch.json`]);
});
