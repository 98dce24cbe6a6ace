import fc from "fast-check";
import { escapeReferences, unescapeReferences } from "../../lib/circleci/job/escape-references";

test.each([
  ["jq . <<< '{}' > x.json", "jq . \\<<< '{}' > x.json"],
  ["cat <<EOF > a && cat b >> c", "cat \\<<EOF > a && cat b >> c"],
  ["echo $((1<<2)) <<< x", "echo $((1\\<<2)) \\<<< x"],
  ["echo already \\<<EOF", "echo already \\<<EOF"],
  [
    "echo << pipeline.number >> and <<pipeline.git.branch>>",
    "echo << pipeline.number >> and <<pipeline.git.branch>>",
  ],
  ["echo << parameters.x >>", "echo \\<< parameters.x >>"],
  ["echo '<<<<'", "echo '\\<<\\<<'"],
  ["a < b > c", "a < b > c"],
])("%s", (command, escaped) => {
  expect(escapeReferences(command)).toBe(escaped);
  expect(escapeReferences(escaped)).toBe(escaped);
});

test("what CircleCI runs is what the file says, and nothing but a pipeline value is left to replace", () => {
  const part = fc.constantFrom("<", "<<", "<<<", ">", ">>", " ", "x", "pipeline.number", "parameters.a");
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const text = parts.join("");
      const escaped = escapeReferences(text);
      expect(unescapeReferences(escaped)).toBe(text);
      const others = escaped
        .replaceAll("\\<<", "(escaped)")
        .replaceAll(/<<\s*pipeline\.[\w.-]+\s*>>/g, "(value)");
      expect(others).not.toContain("<<");
    }),
  );
});
