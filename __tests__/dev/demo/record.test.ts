import { recordPage } from "../../../dev/demo/record/page";
import { aTalk } from "./a-talk";

const when = new Date("2026-11-24T15:26:31.123Z");
const page = (differences?: Parameters<typeof aTalk>[0]) =>
  recordPage({ talk: aTalk(differences), file: "access.yaml", when });
const talk = aTalk();
const texts = (pattern: RegExp, text = page()) => [...text.matchAll(pattern)].map(([, found]) => found);

test("there is a row for every run, with the result of each job", () => {
  const rows = texts(/<summary>(.*?)<\/summary>/g);
  expect(rows).toHaveLength(talk.runs.length);
  const plain = rows.map((row = "") =>
    row.replace(/<span lang="ja">.*?<\/span>/g, "").replace(/<[^>]*>/g, ""),
  );
  expect(plain.slice(0, 2)).toEqual([
    "alice pushes to main preview: allowed deploy: allowed",
    "bob pushes to main preview: allowed deploy: denied",
  ]);
});

test("each job is a picture from person to bucket, with every condition of the trust policy", () => {
  const [flow = ""] = texts(/<ol class="flow">(.*?)<\/ol>/gs).slice(3);
  const plain = flow
    .replace(/<span lang="ja">.*?<\/span>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
  expect(plain).toMatch(
    /^ Who bob Job deploy Token claims .* website .* bob .*refs\/heads\/main.* Trust policy ✓ StringEquals aud .*✗ StringEquals sub requires .*0b6ad1c5.* token has .*91d0a1f7.* Role website-deploy Bucket acme-website $/,
  );
});

test("a condition that holds shows no found value, and the flow of an allowed job has nothing crossed out", () => {
  const [flow = ""] = texts(/<ol class="flow">(.*?)<\/ol>/gs);
  expect(flow).toContain("✓");
  expect(flow).not.toContain("✗");
  expect(flow).not.toContain("stopped");
});

test("every text occurs once in each language", () => {
  const all = page();
  const count = (language: string) => texts(new RegExp(`<span lang="${language}">(.*?)</span>`, "gs"), all);
  expect(count("en").length).toBe(count("ja").length);
  expect(count("ja").length).toBeGreaterThan(50);
  for (const text of count("ja")) expect(text).toMatch(/\p{sc=Hiragana}|\p{sc=Katakana}|\p{sc=Han}/u);
  for (const text of count("en")) expect(text).not.toMatch(/\p{sc=Hiragana}|\p{sc=Katakana}|\p{sc=Han}/u);
});

test("the page is self-contained: no script, no URL, no request", () => {
  expect(page()).not.toMatch(
    /<script|<link|<img|<iframe|<object|javascript:|url\(|@import|\bon\w+=|\bsrc=|\bhref=/i,
  );
  expect(page()).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
});

test("names of people, branches and objects and AWS's messages stay text", () => {
  const evil = `"><script>alert(1)</script><img src=x onerror='alert(2)'>\u0007&`;
  const [first, ...runs] = talk.runs;
  if (first === undefined || talk.branchPin === undefined) throw new Error("nothing happened");
  const { scenario } = first;
  const spoken = page({
    runs: [
      {
        scenario: {
          ...scenario,
          title: evil,
          person: { ...scenario.person, name: evil },
          ref: { kind: "branch", name: evil },
        },
        jobs: first.jobs.map((one) => ({
          ...one,
          job: {
            workflow: "website",
            name: one.job.name,
            status: "failed",
            result: { status: "failed", message: evil },
          },
          answer: { ...one.answer, reason: evil, person: evil, claims: { ...one.answer.claims, aud: evil } },
        })),
      },
      ...runs,
    ],
    contents: [{ bucket: evil, objects: [{ key: evil, bytes: 1, text: evil }] }],
    branchPin: { ...talk.branchPin, pattern: evil, branch: evil },
    leftOut: [evil],
  });
  const tags = new Set(texts(/<\/?([a-z0-9]+)/gi, spoken));
  expect(tags).toEqual(new Set([...texts(/<\/?([a-z0-9]+)/gi), "ul"]));
  expect(spoken).not.toContain("\u0007");
  expect(spoken.match(/&#60;script&#62;alert\(1\)/g)?.length).toBeGreaterThan(10);
});

test("parts that the file does not have, or that are omitted, are named", () => {
  const { branchPin, forged, ...rest } = talk;
  const said = recordPage({ talk: { ...rest, leftOut: ["account b"] }, file: "access.yaml", when });
  expect(said).toContain("No role in the file is restricted to branches.");
  expect(said).toContain("account b");
  expect(said).not.toContain("Forged tokens");
  expect(said).toContain("2026-11-24 15:26 UTC");
});
