// Any Node version may run this file, so it uses nothing newer than Node 12. Everything else is
// loaded after the version check.
const needed = 20;
const found = process.versions.node;

if (Number(found.split(".")[0]) < needed) {
  console.error(
    "error[node-too-old]: this project needs Node " +
      needed +
      " or later; this is Node " +
      found +
      ".\n" +
      "  → install one from https://nodejs.org, or run: nvm install " +
      needed,
  );
  process.exit(1);
} else {
  import("./start.mjs").then((module) => module.start(process.argv.slice(2)));
}
