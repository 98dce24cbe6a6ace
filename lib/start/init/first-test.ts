import type { Answers } from "./answers";

/** Names no user: the version and variant digits are of a random UUID, all others are zero. */
const STRANGER = "00000000-0000-4000-8000-000000000000";

/**
 * A test of who may deploy by the first access.yaml. It fails if an edit of the file lets anyone
 * else deploy.
 */
export function firstTest({ project, person, branch }: Answers): string {
  const [own, name, main] = [project, person, branch].map((text) => JSON.stringify(text));
  const title = JSON.stringify(`only ${person} may deploy, and only from ${branch}`);
  return `import { mayAssume } from "cdktf-circleci-oidc/testing";

const job = { person: ${name}, project: ${own}, branch: ${main} };

test(${title}, () => {
  expect(mayAssume("deploy", job)).toBe("allow");
  expect(mayAssume("deploy", { ...job, branch: ${JSON.stringify(`${branch}-2`)} })).toBe("deny");
  expect(mayAssume("deploy", { ...job, origin: "github.com/a-fork/of-it" })).toBe("deny");
  // The CircleCI ID of a user who is not in access.yaml.
  const stranger = { ...job, person: ${JSON.stringify(STRANGER)} };
  expect(mayAssume("deploy", stranger)).toBe("deny");
  expect(mayAssume("preview", stranger)).toBe("allow");
});
`;
}
