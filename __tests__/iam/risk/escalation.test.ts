import { knownActions } from "../../../lib/iam/data/actions";
import { effectiveOf } from "../../../lib/iam/risk/effective";
import { escalationsBetween } from "../../../lib/iam/risk/escalation/escalations";
import { ESCALATION_PATHS } from "../../../lib/iam/risk/escalation/paths";
import type { RiskyCall } from "../../../lib/iam/risk/possible";
import { allow, deny, effective, permissions, policy } from "./permissions";

const escalations = (...statements: readonly object[]) =>
  escalationsBetween(undefined, effective(...statements)).map(({ id }) => id);

/** pathfinding.cloud, as of 2025-12-17: the ids of its paths. */
const PATHFINDING = {
  apprunner: 2,
  bedrock: 2,
  cloudformation: 5,
  codebuild: 4,
  datapipeline: 1,
  ec2: 4,
  ecs: 5,
  glue: 6,
  iam: 21,
  lambda: 6,
  sagemaker: 5,
  ssm: 2,
  sts: 1,
} as const;
/** Rhino Security Labs, "AWS IAM Privilege Escalation Methods": its methods. */
const RHINO = 28;

test("the table has every path of the public catalogues, each once", () => {
  const numbered = (name: string, count: number) =>
    Array.from(
      { length: count },
      (_, at) => `${name}-${String(at + 1).padStart(name === "rhino" ? 1 : 3, "0")}`,
    );
  const catalogue = [
    ...Object.entries(PATHFINDING).flatMap(([name, count]) => numbered(name, count)),
    "ec2instanceconnect-003",
    ...numbered("rhino", RHINO),
  ];
  expect(ESCALATION_PATHS.flatMap(({ from }) => from).sort()).toEqual(catalogue.sort());
  expect(new Set(ESCALATION_PATHS.map(({ id }) => id)).size).toBe(ESCALATION_PATHS.length);
});

test("every call is an action of AWS, but for one that AWS does not document", () => {
  const { namesOf } = knownActions();
  const unknown = ESCALATION_PATHS.flatMap(({ calls }) => calls.map(({ action }) => action)).filter(
    (action) => {
      const [service = "", name = ""] = action.split(":");
      return namesOf(service)?.includes(name) !== true;
    },
  );
  expect(unknown).toEqual(["codestar:CreateProjectFromTemplate"]);
});

const ACCOUNT = "arn:aws:iam::123456789012";

/** The smallest statement that allows a call on everything that counts. */
const allowing = ({ action, scope }: RiskyCall) =>
  allow(action, scope === "others" ? `${ACCOUNT}:user/*` : "*");

/**
 * The nearest statement that allows the action and is harmless; undefined: every use of it counts.
 */
function harmless({ action, scope, when }: RiskyCall): object | undefined {
  if (scope === "others") return allow(action, `${ACCOUNT}:user/\${aws:username}`);
  if (scope === "unnamed") return allow(action, `${ACCOUNT}:role/named`);
  if (when?.Null !== undefined)
    return allow(action, "*", {
      Condition: { StringEquals: { "iam:PermissionsBoundary": `${ACCOUNT}:policy/boundary` } },
    });
  if (when?.ArnLike !== undefined)
    return allow(action, "*", { Condition: { ArnEquals: { "iam:PolicyARN": `${ACCOUNT}:policy/reading` } } });
  return undefined;
}

test.each(ESCALATION_PATHS)(
  "$id: all of its calls together, and not without one of them",
  ({ id, calls }) => {
    expect(escalations(...calls.map(allowing))).toContain(id);
    for (const one of calls) {
      const others = calls.filter((call) => call !== one).map(allowing);
      const near = harmless(one);
      expect(escalations(...others, ...(near === undefined ? [allow("iam:Get*")] : [near]))).not.toContain(
        id,
      );
      expect(escalations(...calls.map(allowing), deny(one.action))).not.toContain(id);
    }
  },
);

/**
 * What a boundary or a session policy leaves of permissions: their nearest deny beside the allow.
 */
test.each(ESCALATION_PATHS)(
  "$id: not within a boundary or a session that lacks or denies one of its calls",
  ({ id, calls }) => {
    const { identity } = permissions(...calls.map(allowing));
    const within = (limit: "boundary" | "session", ...statements: readonly object[]) => {
      const limits = policy(...statements);
      const limited = limit === "boundary" ? { boundary: limits } : { session: [limits] };
      return escalationsBetween(undefined, effectiveOf({ identity, ...limited })).map((one) => one.id);
    };
    const other = allow("s3:ListAllMyBuckets");
    for (const limit of ["boundary", "session"] as const) {
      expect(within(limit, ...calls.map(({ action }) => allow(action)))).toContain(id);
      for (const { action } of calls) {
        const others = calls.filter((call) => call.action !== action).map((call) => allow(call.action));
        expect(within(limit, other, ...others)).not.toContain(id);
        expect(within(limit, allow("*"), deny(action))).not.toContain(id);
      }
    }
  },
);

test("a role is passed to the service that the path needs, not to another", () => {
  const passing = (service: string) =>
    escalations(
      allow(["ecs:RegisterTaskDefinition", "ecs:RunTask"]),
      allow("iam:PassRole", "*", { Condition: { StringEquals: { "iam:PassedToService": service } } }),
    );
  expect(passing("ecs-tasks.amazonaws.com")).toEqual(["ecs-run-task"]);
  expect(passing("ec2.amazonaws.com")).toEqual([]);
});

test("a path is new only if one of its calls is", () => {
  const before = effective(allow("iam:PutGroupPolicy", `${ACCOUNT}:group/one`));
  const between = (...statements: readonly object[]) =>
    escalationsBetween(before, effective(...statements)).map(({ id }) => id);
  expect(between(allow("iam:PutGroupPolicy", `${ACCOUNT}:group/one`), allow("s3:*"))).toEqual([]);
  expect(between(allow("iam:PutGroupPolicy", `${ACCOUNT}:group/*`))).toEqual(["iam-put-group-policy"]);
});
