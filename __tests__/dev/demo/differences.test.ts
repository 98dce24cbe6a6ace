import { differencesIn } from "../../../dev/demo/talk";
import { aTalk } from "./a-talk";

const talk = aTalk();

test("if AWS matches the file, there is no difference", () => {
  expect(differencesIn(talk)).toEqual([]);
});

test("a job that was allowed against the file is reported with the file's rule", () => {
  const [alice, bob, ...rest] = talk.runs;
  if (alice === undefined || bob === undefined) throw new Error("nobody pushed");
  const jobs = bob.jobs.map((one) => ({ ...one, agrees: one.job.name !== "deploy" }));
  expect(differencesIn({ ...talk, runs: [alice, { ...bob, jobs }, ...rest] })).toEqual([
    expect.stringMatching(
      /^bob pushes to main: deploy denied \(".*"\), and access.yaml says deny: only alice may/,
    ),
  ]);
});

test.each([
  ["another person's object", [{ key: "index.html", bytes: 1, text: "bob pushes to main." }]],
  ["nothing", []],
  [
    "an additional object",
    [
      { key: "index.html", bytes: 1, text: "alice pushes to main." },
      { key: "index2.html", bytes: 1, text: "bob pushes to main." },
    ],
  ],
])("a bucket with %s in it is reported", (_, objects) => {
  const [, other] = talk.contents;
  if (other === undefined) throw new Error("no bucket");
  const contents = [{ bucket: "acme-website", objects }, other];
  expect(differencesIn({ ...talk, contents })).toEqual([
    expect.stringMatching(/^bucket acme-website holds ".*" and not "alice pushes to main\."$/),
  ]);
});

test("an allowed forged token, and a pin on which AWS and the policy differ, are reported", () => {
  const { forged, branchPin } = talk;
  if (forged === undefined || branchPin === undefined) throw new Error("nothing was tried");
  const tried = forged.tried.map((one) => ({ ...one, answer: { allowed: true } as const }));
  expect(differencesIn({ ...talk, forged: { ...forged, tried } })).toHaveLength(tried.length);
  const pushes = branchPin.pushes.map((push) => ({ ...push, ours: push.documented, documented: push.ours }));
  expect(differencesIn({ ...talk, branchPin: { ...branchPin, pushes } })).toEqual([]);
  const walked = branchPin.pushes.map((push) => ({
    ...push,
    ours: { ...push.ours, answer: { allowed: true } as const },
  }));
  expect(differencesIn({ ...talk, branchPin: { ...branchPin, pushes: walked } })).toEqual([
    "alice on feature/vcs-ref/refs/heads/main: AWS allows the generated role, but its policy says deny",
  ]);
});

test("a role that is not as the suggested file says, and a suggestion that is not proven, are reported", () => {
  const { used } = talk;
  if (used === undefined) throw new Error("nothing was narrowed");
  const said = (differences: Partial<typeof used>) =>
    differencesIn({ ...talk, used: { ...used, ...differences } });
  const stays = used.tries.map((one) => ({ ...one, after: { allowed: true } as const }));
  expect(said({ tries: stays })).toEqual(["bob: website-deploy is allowed after it was narrowed"]);
  const gone = used.tries.map((one) => ({ ...one, after: used.tries[1]?.after ?? one.after }));
  expect(said({ tries: gone })).toEqual(["alice: website-deploy is denied after it was narrowed"]);
  expect(said({ call: { before: true, after: false } })).toEqual(["the call of website-deploy is denied"]);
  expect(said({ isProven: false })).toEqual([
    "the file suggested for website-deploy is not proven narrower in both",
  ]);
});
