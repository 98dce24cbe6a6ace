# The state as version 3 of the provider left it: without the attributes that later versions added.
node --input-type=module <<'END'
import { readFileSync, writeFileSync } from "node:fs";

const state = JSON.parse(readFileSync("terraform.tfstate", "utf8"));
const added = ["log_group_class", "name_prefix", "skip_destroy"];
for (const { instances } of state.resources)
  for (const instance of instances) {
    for (const name of added) delete instance.attributes[name];
    delete instance.sensitive_attributes;
  }
state.serial += 1;
writeFileSync("terraform.tfstate", JSON.stringify(state, null, 2));
END
