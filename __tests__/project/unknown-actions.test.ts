import { accessFromText } from "../../lib/config/load";
import { ROLE_CHECKS } from "../../lib/project/read-access";
import { fileWithRole } from "../config/sample";

const withAction = (action: string, more = "") =>
  `${fileWithRole(`{ people: [alice], branches: [main], statements: [{ Effect: Allow, Action: ["s3:GetObject", "${action}"], Resource: "*" }] }`)}${more}`;

afterEach(() => jest.restoreAllMocks());

test("an action that does not exist is an error at its place", () => {
  expect(() => accessFromText(withAction("s3:PutObjekt"), "access.yaml", ROLE_CHECKS)).toThrow(
    /access\.yaml:10:\d+.*\n?[\s\S]*s3:PutObjekt/,
  );
});

test("an unknown service is one warning, which knownServices silences", () => {
  const written = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  for (const _ of [1, 2]) accessFromText(withAction("newservice:DoIt"), "access.yaml", ROLE_CHECKS);
  accessFromText(
    withAction("otherservice:DoIt", "knownServices: [otherservice]\n"),
    "access.yaml",
    ROLE_CHECKS,
  );
  expect(written.mock.calls.map(([text]) => String(text))).toEqual([
    expect.stringMatching(/^Warning: .* no service `newservice`/),
  ]);
});
