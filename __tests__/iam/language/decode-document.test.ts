import fc from "fast-check";
import { ProjectError } from "../../../lib/errors";
import { decodeDocument } from "../../../lib/iam/language/decode-document";

test("a plain and a percent-encoded document are both decoded", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string()), (value) => {
      const text = JSON.stringify(value);
      expect(decodeDocument(text)).toBe(text);
      expect(decodeDocument(encodeURIComponent(text))).toBe(text);
    }),
  );
});

test("a percent sign in a plain document stays", () => {
  expect(decodeDocument('{"a":"%7B"}')).toBe('{"a":"%7B"}');
});

test.each(["", "%7B%", "%ZZ", "arn:aws:iam::123456789012:role/x", "%22text%22"])("%j is rejected", (text) => {
  expect(() => decodeDocument(text)).toThrow(ProjectError);
});
