import { asInstalled, commandIn, oidc, oidcInJob } from "../lib/command-name";

test.each([
  ["deploy", [], "npm run deploy", "npx oidc deploy"],
  ["deploy", ["main-website"], "npm run deploy -- main-website", "npx oidc deploy main-website"],
  ["explain", [], "npm run -s oidc -- explain", "npx oidc explain"],
  ["adopt", ["--done"], "npm run -s oidc -- adopt --done", "npx oidc adopt --done"],
])("%s %j: `%s` in a clone, `%s` installed", (command, args, inClone, installed) => {
  expect(commandIn(undefined, command, args)).toBe(inClone);
  expect(oidc(command, ...args)).toBe(inClone);
  expect(commandIn("npx oidc", command, args)).toBe(installed);
  expect(asInstalled(`Run \`${inClone}\`.`)).toBe(`Run \`${installed}\`.`);
});

test("other scripts of a clone are not commands of the package", () => {
  const text = "npm run demo, npm run -s synth-all, npm run deployment";
  expect(asInstalled(text)).toBe(text.replace("npm run -s synth-all", "npx oidc synth-all"));
});

test("jobs of a clone print no banner of npm", () => {
  expect(oidcInJob("synth")).toBe("npm run -s synth");
  expect(oidcInJob("review")).toBe("npm run -s oidc -- review");
});
