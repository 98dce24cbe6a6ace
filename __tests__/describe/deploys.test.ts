import { accessFromText } from "../../lib/config/load";
import { describeDeploys } from "../../lib/describe/deploys";
import { explain } from "../../lib/explain/explain";
import { printAnswers } from "../../lib/explain/print";
import { alice, organization, PROJECT_ID, REPOSITORY } from "../fixtures/access";
import { everyPreset } from "../iam/write/deploys/every-preset";

test("a line for each preset", () => {
  expect(describeDeploys(everyPreset)).toEqual([
    "terraform: reads, writes and locks the state acme-site-state/site/terraform.tfstate",
    "cdk: assumes the roles of CDK's bootstrap stack hnb659fds, which deploy any stack",
    "ecr: pushes and pulls images of acme/website",
    "ecs: deploys web/site; passes task and execution to ECS tasks",
    "lambda: deploys resize and moves its alias live",
    "cloudfront: invalidates distribution E2QWRUHAPOMQZL",
    "ssm: reads /site/token and plain",
    "secrets: reads site/db",
  ]);
});

const access = accessFromText(
  `
organization: { id: ${organization.id} }
accounts: { main: { id: "123456789012", region: us-east-1, state: { bucket: acme-state } } }
people: { alice: ${alice.id} }
projects:
  website:
    id: ${PROJECT_ID}
    repository: ${REPOSITORY}
    roles:
      preview: { people: everyone, branches: any }
      deploy: { people: [alice], branches: [main], deploys: { cloudfront: { distribution: E2QWRUHAPOMQZL } } }
`,
  "access.yaml",
);

test("explain prints the lines below the table, once for each role", () => {
  const text = printAnswers(explain(() => access, {}));
  expect(text.match(/deploys/g)).toHaveLength(1);
  expect(text).toMatch(/\n\n {2}website-deploy deploys cloudfront: invalidates distribution E2QWRUHAPOMQZL$/);
});

test("explain prints the lines of a single answer", () => {
  const text = printAnswers(explain(() => access, { person: "alice", role: "deploy", branch: "main" }));
  expect(text.split("\n")[1]).toBe("  deploys cloudfront: invalidates distribution E2QWRUHAPOMQZL");
});
