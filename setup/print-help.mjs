import { readFileSync } from "node:fs";

process.stdout.write(readFileSync(new URL("../help", import.meta.url), "utf8"));
