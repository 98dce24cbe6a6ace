// Read by whatever Node is installed, so nothing newer than Node 12 may stand in this file;
// everything that follows is loaded only once the version is known to fit.
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
