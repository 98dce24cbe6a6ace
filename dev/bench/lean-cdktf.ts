import { TerraformStack } from "cdktf";
import { leanStack } from "./lean-stack";

// Loaded before a program of cdktf: its stacks are written without what cdktf does several times,
// so that what is compared is this project's own work.
Object.assign(TerraformStack.prototype, { prepareStack: () => undefined, toTerraform: leanStack });
Error.captureStackTrace = () => undefined;
