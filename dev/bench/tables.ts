import Table from "cli-table3";
import type { BenchResult } from "./bench";
import type { Budget } from "./budgets";
import type { Machine } from "./machine";
import { median } from "./statistics";
import { STEPS } from "./step-marks";

/** Without colors, because the output is often a file. */
const PLAIN = { head: [], border: [] };

/** Formats all measurements for people. */
export function describeBench(result: BenchResult): string {
  return [
    machineLine(result),
    stockTable(result),
    ...reviewTable(result),
    sizeTable(result),
    ...bareTable(result),
    budgetTable(result),
  ].join("\n\n");
}

function machineLine({ machine, runs }: BenchResult): string {
  return `${describe(machine)}; medians of ${runs} ${runs === 1 ? "run" : "runs"}`;
}

function describe({ cpu, cores, memoryBytes, os, node, load }: Machine): string {
  const memory = `${Math.round(memoryBytes / 1024 ** 3)} GiB`;
  return `${cores} × ${cpu}, ${memory}, ${os}, Node ${node}, load ${load.toFixed(2)} at the start`;
}

function stockTable({ stock }: BenchResult): string {
  const table = new Table({ head: ["synth of the talk's example", "time"], style: PLAIN });
  table.push(
    ["stock template (npx ts-node main.ts)", seconds(stock.theirsMs)],
    ["this project", seconds(stock.oursMs)],
    ["ratio of the medians", stock.ratioOfMedians.toFixed(3)],
    ["median of the ratios of the turns", stock.medianOfRatios.toFixed(3)],
  );
  return table.toString();
}

function reviewTable({ review }: BenchResult): readonly string[] {
  if (review === undefined) return [];
  const table = new Table({ head: [`review of ${review.stacks} new stacks`, "time"], style: PLAIN });
  table.push(
    ["init, plan and show with xargs", seconds(review.theirsMs)],
    ["oidc review", seconds(review.oursMs)],
    ["ratio of the medians", review.ratioOfMedians.toFixed(3)],
    ["median of the ratios of the turns", review.medianOfRatios.toFixed(3)],
  );
  return [table.toString()];
}

function sizeTable({ sizes, growth }: BenchResult): string {
  const head = ["projects", ...STEPS, "main.ts in total", "peak memory", "one more project"];
  const table = new Table({ head, style: PLAIN });
  for (const [index, { size, steps, wholeMs, peakBytes }] of sizes.entries()) {
    const more = growth.time?.perProject[index];
    table.push([
      size.toLocaleString("en"),
      ...STEPS.map((step) => `${seconds(steps[step].ms)}\n${megabytes(steps[step].peakBytes)}`),
      seconds(wholeMs),
      megabytes(peakBytes),
      more === undefined ? "" : `${more.toFixed(2)} ms`,
    ]);
  }
  return table.toString();
}

function bareTable({ bare }: BenchResult): readonly string[] {
  if (bare === undefined) return [];
  const head = [`synth of ${bare.size.toLocaleString("en")} projects`, "CPU time", "peak memory"];
  const table = new Table({ head, style: PLAIN });
  const rows = {
    "this project": bare.ours,
    "from literals, without what cdktf does several times": bare.bare,
    "from literals, cdktf as it is installed (once)": [bare.stock],
  };
  for (const [name, usages] of Object.entries(rows)) {
    const [cpuMs, peakBytes] = [
      median(usages.map((one) => one.cpuMs)),
      median(usages.map((one) => one.peakBytes)),
    ];
    table.push([name, seconds(cpuMs), megabytes(peakBytes)]);
  }
  return [table.toString()];
}

function budgetTable({ budgets }: BenchResult): string {
  const table = new Table({ head: ["measurement", "promise", "measured", ""], style: PLAIN });
  for (const budget of budgets) {
    const { measured } = budget;
    const shown = measured === undefined ? "" : inUnit(measured, budget.unit);
    table.push([budget.name, inUnit(budget.limit, budget.unit), shown, budget.verdict]);
  }
  return table.toString();
}

function inUnit(value: number, unit: Budget["unit"]): string {
  if (unit === "ms") return seconds(value);
  if (unit === "bytes") return megabytes(value);
  if (unit === "plans") return `${value} plans`;
  return `${value.toFixed(3)} ${unit}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

/** 1 MB is 1,048,576 bytes, as in the budget. */
function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2)} MB`;
}
