import { spawn } from "node:child_process";
import { stopOnce } from "../../../lib/deliver/apply/stop-once";

// Runs a program that writes down each signal and ends a little later, and says how it went: the
// program's part of stop-once.sandbox.test.ts.
const stopping = stopOnce(() => console.log("asked"));
const child = spawn("/bin/sh", [
  "-c",
  "n=0; trap 'n=$((n+1)); echo got >> $1' INT; echo ready; i=0; while [ $i -lt 40 ]; do sleep 0.05; [ $n -gt 0 ] && i=$((i+1)); done; echo over",
  "sh",
  process.argv[2] ?? "",
]);
child.stdout.on("data", (text) => process.stdout.write(text));
stopping.watch(child);
child.on("close", (code) => {
  stopping.end();
  console.log(`ended ${code} after ${stopping.signal()}`);
});
