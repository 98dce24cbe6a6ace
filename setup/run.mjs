// Any Node version may run this file, so it uses nothing newer than Node 12. Everything else is
// loaded after the version check.
const needed = "20.9";
const found = process.versions.node;

const parts = found.split(".").map(Number);

if (parts[0] < 20 || (parts[0] === 20 && parts[1] < 9)) {
  console.error(
    "error[node-too-old]: this project needs Node " +
      needed +
      " or later; this is Node " +
      found +
      ".\n" +
      "  → install one from https://nodejs.org, or run: nvm install " +
      20,
  );
  process.exit(1);
} else {
  import("./start.mjs").then((module) => module.start(process.argv.slice(2)));
}
