import { App, TerraformStack } from "cdktf";
import fc from "fast-check";
import type { Access, Role } from "../../lib/config/model/model";
import { buildStacks } from "../../stacks";
import { aBucket, anAccess, aProject, aRole } from "../fixtures/access";
import { cases } from "../iam/automata/cases";
import { anyAccess, nastyKeys } from "./arbitrary-access";
import { addressesOf, type StackJson, synth, temporaryFolder } from "./synth";

const PROJECT_STACK = "main-website";

function withRoles(roles: readonly Role[]): Access {
  return anAccess({ projects: [aProject({ roles })] });
}

/** A role that has one of everything an address can be made for. */
function fullRole(key: string): Role {
  return aRole({
    key,
    name: `website-${key}`,
    bucket: aBucket({ name: `b-${nastyKeys.indexOf(key)}` }),
    policies: ["arn:aws:iam::123456789012:policy/a/Deploy", "arn:aws:iam::123456789012:policy/b/Deploy"],
    statements: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
  });
}

describe("Terraform addresses", () => {
  const perRole = addressesOf(synth(withRoles([fullRole("a")])).json(PROJECT_STACK)).length;

  test.each(nastyKeys)("of the role %s begin with its key", (key) => {
    const { resource, output }: StackJson = synth(withRoles([fullRole(key)])).json(PROJECT_STACK);
    const ids = [...Object.values(resource ?? {}), output ?? {}].flatMap((block) => Object.keys(block));
    expect(ids).toHaveLength(perRole);
    expect(ids.filter((id) => id !== key && !id.startsWith(`${key}_`))).toEqual([]);
    expect(Object.keys(resource?.aws_iam_role ?? {})).toEqual([key]);
  });

  test("are unique for all keys", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...nastyKeys), { minLength: 1, maxLength: 8 }), (keys) => {
        const addresses = addressesOf(synth(withRoles(keys.map(fullRole))).json(PROJECT_STACK));
        expect(addresses).toHaveLength(keys.length * perRole);
        expect(new Set(addresses).size).toBe(addresses.length);
      }),
      cases(5, 250),
    );
  });

  test("do not depend on the order of anything in the model", () => {
    fc.assert(
      fc.property(anyAccess, (access) => {
        const reversed: Access = {
          ...access,
          accounts: access.accounts.toReversed(),
          people: access.people.toReversed(),
          projects: access.projects.toReversed().map((project) => ({
            ...project,
            roles: project.roles.toReversed().map((role) => ({
              ...role,
              policies: role.policies.toReversed(),
              statements: role.statements.toReversed(),
            })),
          })),
        };
        const [one, other] = [synth(access), synth(reversed)];
        expect(other.addresses).toEqual(one.addresses);
        expect(other.manifest).toEqual(one.manifest);
      }),
      cases(3, 100),
    );
  });
});

describe("synth", () => {
  test("writes the same bytes for the same access, in any directory", () => {
    fc.assert(
      fc.property(anyAccess, (access) => {
        const [one, other] = [synth(access), synth(structuredClone(access))];
        expect(other.manifest).toEqual(one.manifest);
        for (const { name } of one.manifest) expect(other.text(name)).toBe(one.text(name));
      }),
      cases(3, 100),
    );
  });

  test("writes the same output as cdktf's own toTerraform", () => {
    fc.assert(
      fc.property(anyAccess, (access) => {
        const app = new App({ outdir: temporaryFolder() });
        buildStacks(app, access);
        const stacks = app.node.children.filter(TerraformStack.isStack);
        expect(stacks.length).toBeGreaterThanOrEqual(5);
        for (const stack of stacks) {
          const theirs: unknown = TerraformStack.prototype.toTerraform.call(stack);
          expect(canonical(stack.toTerraform())).toBe(canonical(theirs));
        }
      }),
      cases(4, 150),
    );
  });

  test("leaves no cdktf token in its output", () => {
    fc.assert(
      fc.property(anyAccess, (access) => {
        const built = synth(access);
        for (const { name } of built.manifest) expect(built.text(name)).not.toMatch(/TfToken|\de\+\d{2,3}/);
      }),
      cases(3, 100),
    );
  });
});

/** JSON with sorted keys: cdktf writes files so. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  );
}
