import { accessFromText } from "../../lib/config/load";
import { grantingProjects } from "../../lib/config/model/grants";
import { printPolicy } from "../../lib/iam/language/document";
import { checkTrustPolicy } from "../../lib/iam/write/trust/proven-trust-policy";
import { trustPolicyOf } from "../../lib/iam/write/trust/trust-policy";
import { optimizeLess } from "../../lib/process/optimize-less";
import { generateAccess } from "./generate-access";
import { ROLES_PROVEN } from "./proof-time";

// Proves the trust policies of 2,000 roles once, as a synth does, and prints the CPU time in
// milliseconds as JSON: `node --import tsx dev/bench/proofs.ts`.
optimizeLess();
const ROLES_PER_PROJECT = 2;
const access = accessFromText(generateAccess(ROLES_PROVEN / ROLES_PER_PROJECT), "access.yaml");
const written = grantingProjects(access)
  .flatMap(({ roles }) => roles)
  .map((role) => ({ role, text: printPolicy(trustPolicyOf(role)) }));
if (written.length !== ROLES_PROVEN) throw new Error(`${written.length} roles instead of ${ROLES_PROVEN}`);
const before = process.cpuUsage();
for (const { role, text } of written) checkTrustPolicy(role, text);
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ ms: (user + system) / 1_000 }));
