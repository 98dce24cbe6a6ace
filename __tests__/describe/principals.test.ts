import { withoutIds } from "../../lib/describe/caller";
import { plainText } from "../../lib/describe/phrase";
import { describePrincipals } from "../../lib/describe/principals";

const OWN = "111122223333";

test.each<[pattern: string, words: string, inHeadline: string]>([
  [`arn:aws:iam::${OWN}:role/deploy`, `arn:aws:iam::${OWN}:role/deploy`, "role deploy of another account"],
  [`arn:aws:iam::${OWN}:*`, `any principal in account ${OWN}`, "another account"],
  [`arn:aws:iam::${OWN}:role/*`, `any role in account ${OWN}`, "any role of another account"],
  [
    `arn:aws:iam::${OWN}:role/ci-*`,
    `roles like ci-* in account ${OWN}`,
    "roles like ci-* of another account",
  ],
  [
    `arn:aws:sts::${OWN}:assumed-role/ci/*`,
    `sessions like ci/* in account ${OWN}`,
    "sessions like ci/* of another account",
  ],
  ["arn:aws:iam::*:role/deploy", "role deploy of any account", "role deploy of any account"],
  ["arn:aws:iam::*:role/*", "any role of any account", "any role of any account"],
  ["arn:aws:iam::1111*:role/*", "any role of accounts like 1111*", "any role of accounts like 1111*"],
])("%s", (pattern, words, inHeadline) => {
  const phrase = describePrincipals(pattern) ?? [];
  expect(plainText(phrase)).toBe(words);
  expect(plainText(withoutIds(phrase, true))).toBe(inHeadline);
});

test.each(["*", "arn:*", "arn:aws:iam::*:*"])(
  "%s is every principal, and says nothing of them",
  (pattern) => {
    expect(describePrincipals(pattern)).toBeUndefined();
  },
);
