import { documentedPin } from "../../../dev/demo/attacks/documented-pin";
import { plainText } from "../../../lib/describe/phrase";
import { compilePolicy } from "../../../lib/iam/evaluate/compile-policy";
import { decideToken } from "../../../lib/iam/evaluate/decide-token";
import { printPolicy } from "../../../lib/iam/language/document";
import { parsePolicy } from "../../../lib/iam/language/read-policy";
import {
  alice,
  anAccess,
  anyRef,
  anyRefOrNone,
  aProject,
  aRole,
  bob,
  everyone,
  only,
  organization,
  refs,
} from "../../fixtures/access";
import { plan, reviewPlan, role, saidIn, trustFor } from "../../plan/a-plan";

const carol = { name: "carol", id: "c0ffee00-0000-4000-8000-00000000cafe" };
const access = anAccess();
const before = trustFor();
const changeTo = (after: string, from: string | null = before) =>
  reviewPlan(plan([role(from, after)]), "plan", access).access[0];
const reported = (after: string, from: string | null = before) => {
  const change = changeTo(after, from);
  return change === undefined
    ? []
    : saidIn(change).map((said) => said.replace(" can now assume website-deploy", ""));
};
const own = "of github.com/acme/website";

test.each<[what: string, after: string, groups: readonly string[]]>([
  ["no change", before, []],
  ["an added person", trustFor({ people: only(alice, bob) }), [`bob from main ${own}`]],
  [
    "a person of access.yaml and one who is not in it",
    trustFor({ people: only(alice, bob, carol) }),
    [`a user who is not in access.yaml from main ${own}`, `bob from main ${own}`],
  ],
  [
    "two added branches and a tag",
    trustFor({ refs: refs({ branches: ["main", "next", "release/*"], tags: ["v1"] }) }),
    [`alice from next ${own}`, `alice from release/* ${own}`, `alice from tag v1 ${own}`],
  ],
  [
    "a person and a branch at once: the old person from the new branch, the new one from both",
    trustFor({ people: only(alice, bob), refs: refs({ branches: ["main", "next"] }) }),
    [`bob from main ${own}`, `alice and bob from next ${own}`],
  ],
  [
    "everyone",
    trustFor({ people: everyone }),
    [`everyone else who can start a pipeline of website from main ${own}`],
  ],
  [
    "another repository's main",
    trustFor({ repository: "github.com/acme/other" }),
    ["alice from main of another repository, github.com/acme/other, in project website"],
  ],
  [
    "another audience",
    before.replace(`aud":"${organization.id}"`, `aud":["${organization.id}","sts.amazonaws.com"]`),
    [`alice from main ${own} with a token for another audience, such as sts.amazonaws.com`],
  ],
])("%s", (_, after, groups) => {
  expect([...reported(after)].filter((said) => !said.includes("can no longer")).sort()).toEqual(
    [...groups].sort(),
  );
});

test("a project that the file does not have, and another organization's", () => {
  const other = "11111111-2222-4333-8444-555555555555";
  expect(reported(before.replaceAll(aProject().id, other)).join("\n")).toMatch(
    /alice from main of github\.com\/acme\/website, in any project that is not in access\.yaml|such as 11111111/,
  );
  const [foreign] = reported(before.replaceAll(organization.id, other));
  expect(foreign).toMatch(/in another organization, 11111111-2222-4333-8444-555555555555/);
});

test("the subject condition of CircleCI's documentation: forks and branches that match its wildcard are separate groups", () => {
  const said = reported(printPolicy(documentedPin(aRole(), "refs/heads/main")));
  expect(said.length).toBeGreaterThan(2);
  expect(said.join("\n")).toMatch(
    /everyone else who can start a pipeline of website from main of github\.com\/acme\/website/,
  );
  expect(said.join("\n")).toMatch(/of a fork or any other repository/);
});

test("any ref of the repository, and tokens without an origin, which jobs of forks also have", () => {
  const anyBranch = `everyone who can start a pipeline of website from any ref ${own}`;
  const anyRepository =
    "everyone who can start a pipeline of website with a token that names no repository, which jobs of forks also have, in project website";
  const [named, unnamed] = [anyRef, anyRefOrNone].map((one) => trustFor({ people: everyone, refs: one }));
  if (named === undefined || unnamed === undefined) throw new Error("no policies");
  expect(reported(named, null)).toEqual([anyBranch]);
  expect([...reported(unnamed, null)].sort()).toEqual([anyBranch, anyRepository]);
  expect(reported(unnamed, named)).toEqual([anyRepository]);
  expect(changeTo(named, unnamed)).toMatchObject({ relation: "narrower" });
  expect(reported(named, unnamed)).toEqual([
    anyRepository.replace(" with a token", " can no longer assume website-deploy with a token"),
  ]);
});

test("each sentence has a token that is accepted now, and was not before", () => {
  const after = trustFor({ people: only(alice, bob, carol), refs: refs({ branches: ["main", "next/*"] }) });
  const sentences = changeTo(after)?.sentences ?? [];
  expect(sentences.length).toBeGreaterThan(2);
  const verdict = (text: string, claims: Parameters<typeof decideToken>[1], provider: string) => {
    const policy = parsePolicy(text);
    return decideToken({ policy, compiled: compilePolicy(policy) }, claims, provider).verdict;
  };
  for (const { proof, phrase } of sentences) {
    if (proof?.kind !== "token") throw new Error(`no token for: ${plainText(phrase)}`);
    expect(verdict(after, proof.claims, proof.provider)).toBe("allowed");
    expect(verdict(before, proof.claims, proof.provider)).toBe("denied");
  }
});

test("of very many groups some are reported, with the note that there are more", () => {
  const branches = Array.from({ length: 20 }, (_, at) => `branch-${at}`);
  const said = reported(trustFor({ refs: refs({ branches }) }), null);
  expect(said).toHaveLength(13);
  expect(said.at(-1)).toBe("others, not listed here,");
});
