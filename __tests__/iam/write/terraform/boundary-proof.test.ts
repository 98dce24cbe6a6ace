import fc from "fast-check";
import { type PolicyDocument, printPolicy } from "../../../../lib/iam/language/document";
import { parsePolicy } from "../../../../lib/iam/language/read-policy";
import {
  comparePermissions,
  type PermissionSource,
} from "../../../../lib/iam/prove/requests/compare-permissions";
import { inlinePolicies } from "../../../../lib/iam/write/inline-policies";
import { writeBoundary } from "../../../../lib/iam/write/terraform/boundary";
import { cases } from "../../automata/cases";
import { account, anyFile, roleOf } from "./a-file";

const EVERYTHING: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
};

function source(document: PolicyDocument): PermissionSource {
  return { kind: "policy", policy: parsePolicy(printPolicy(document)) };
}

/** Over all requests there can be, where boundary.test.ts tries some. */
test("within the boundary, a role with every permission can do no more than the file grants to some role", () => {
  fc.assert(
    fc.property(anyFile, (access) => {
      const roles = roleOf(access, "apply").terraform?.roles ?? [];
      const given = roles
        .flatMap((role) => inlinePolicies(role))
        .map(({ document }) => ({
          ...document,
          Statement: document.Statement.filter(({ Effect }) => Effect === "Allow"),
        }))
        .filter(({ Statement }) => Statement.length > 0);
      const within = { identity: [source(EVERYTHING)], boundary: source(writeBoundary(roles, account)) };
      const { relation } = comparePermissions({ identity: given.map(source) }, within);
      expect(["same", "narrower"]).toContain(relation);
    }),
    cases(15, 500),
  );
});

test("the comparison finds what a broader boundary would allow", () => {
  const wide = { identity: [source(EVERYTHING)] };
  const bounded = { ...wide, boundary: source(writeBoundary([], account)) };
  expect(comparePermissions(bounded, wide).relation).toBe("broader");
});
