import { exampleRef, prefixElsewhere } from "../../../dev/demo/tokens/examples";
import { fullRef } from "../../../lib/token/ref";
import { anyRef, refPattern, refs } from "../../fixtures/access";

test("an example ref is granted: a branch before a tag, a name that a pattern covers, main for any ref", () => {
  expect(fullRef(exampleRef([refs({ branches: ["main"], tags: ["v*"] })]))).toBe("refs/heads/main");
  expect(fullRef(exampleRef([refs({ tags: ["v*"] })]))).toBe("refs/tags/v1");
  expect(fullRef(exampleRef([refs({ branches: ["release/*"] })]))).toBe("refs/heads/release/1");
  expect(fullRef(exampleRef([anyRef]))).toBe("refs/heads/main");
});

test.each<[string[], string | undefined]>([
  [["main"], "feature/"],
  [["feature/*"], "try/"],
  [["f*"], "try/"],
  [["feature/x"], "try/"],
  [["feature"], "feature/"],
  [["*"], undefined],
])("with %j, branches that begin with %s are not granted", (patterns, prefix) => {
  expect(prefixElsewhere(patterns.map(refPattern))).toBe(prefix);
});
