import { App } from "cdktf";
import { declareStacks } from "cdktf-circleci-oidc";

const app = new App();
// Every role, bucket and state bucket of access.yaml. Stacks of your own can follow.
declareStacks(app);
app.synth();
