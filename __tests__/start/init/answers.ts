import type { Answers } from "../../../lib/start/init/answers";
import { alice, organization, PROJECT_ID } from "../../fixtures/access";

/** What `init` asks for, as alice answers it. */
export const answers: Answers = {
  organization: organization.id,
  account: "012345678901",
  region: "eu-west-1",
  stateBucket: "acme-states",
  project: "website",
  projectId: PROJECT_ID,
  repository: "github.com/acme/website",
  person: "alice",
  personId: alice.id,
  branch: "main",
};
