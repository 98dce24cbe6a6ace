import { pullRequestIn } from "../../lib/access-report/history/pull-request";

test.each([
  ["Merge pull request #12 from acme/add-bob\n\nAdd bob", "#12"],
  ["Add bob (#34)", "#34"],
  ["Merged in add-bob (pull request #56)", "#56"],
  ["Pull request #78: Add bob", "#78"],
  ["Merge branch 'add-bob' into 'main'\n\nAdd bob\n\nSee merge request acme/website!90", "!90"],
  // The nearest texts that name none.
  ["Add bob for issue #34", undefined],
  ["Fix\n\nlike (#34)", undefined],
  ["See merge request acme/website!90 first", undefined],
  ["Add bob (#)", undefined],
])("%j", (message, found) => {
  expect(pullRequestIn(message)).toBe(found);
});
