import { spawnSync } from "node:child_process";
import { everyPreset } from "../iam/write/deploys/every-preset";
import { commandsOf } from "./commands-of";

const RUNNING = {
  taskDefinitionArn: "arn:aws:ecs:us-east-1:123456789012:task-definition/site:7",
  family: "site",
  revision: 7,
  status: "ACTIVE",
  requiresAttributes: [{ name: "x" }],
  compatibilities: ["FARGATE"],
  registeredAt: 1,
  registeredBy: "arn",
  taskRoleArn: "arn:aws:iam::123456789012:role/task",
  containerDefinitions: [
    { name: "app", image: "old", cpu: 1 },
    { name: "sidecar", image: "same" },
  ],
};

function render(container: string): { readonly status: number | null; readonly stdout: string } {
  const ecs = { ...everyPreset.ecs, container, image: "new:$CIRCLE_SHA1" };
  const [jq = ""] = (commandsOf({ ecs })[0] ?? "").split("\n").filter((line) => line.startsWith("jq "));
  const command = jq.replace("task-definition.running.json > task-definition.json", "");
  return spawnSync("bash", ["-c", command], {
    encoding: "utf8",
    input: JSON.stringify(RUNNING),
    env: { ...process.env, CIRCLE_SHA1: "abc" },
  });
}

test("the task definition is the running one with the new image", () => {
  expect(JSON.parse(render("app").stdout)).toEqual({
    family: "site",
    taskRoleArn: "arn:aws:iam::123456789012:role/task",
    containerDefinitions: [
      { name: "app", image: "new:abc", cpu: 1 },
      { name: "sidecar", image: "same" },
    ],
  });
});

test("a container that the task definition does not have is an error", () => {
  expect(render("web").status).not.toBe(0);
});

test("every command is valid in bash", () => {
  for (const command of commandsOf(everyPreset, true))
    expect(spawnSync("bash", ["-n", "-c", command], { encoding: "utf8" }).stderr).toBe("");
});
