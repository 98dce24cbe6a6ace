const { visible, visibleLine } = require("./visible.cjs");

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const FRAME_MS = 100;
/** CI systems end jobs that are silent for too long. */
const STILL_AT_IT_MS = 30_000;

/** Types and contract: progress.d.cts. */
function createProgress({ stream = process.stderr, env = process.env } = {}) {
  const animated = stream.isTTY === true && !env.CI && env.TERM !== "dumb";
  const coloured = animated && !env.NO_COLOR;
  const running = new Map();
  let timer;
  let frame = 0;

  const paint = (code, text) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text);
  // With NO_COLOR, blanks instead of an escape sequence.
  const width = () => (stream.columns ?? 80) - 1;
  const empty = () => (coloured ? "\r\u001b[K" : `\r${" ".repeat(width())}\r`);
  const clear = () => {
    if (animated && running.size > 0) stream.write(empty());
  };
  const draw = () => {
    if (!animated || running.size === 0) return;
    const steps = [...running.values()].map(
      (step) => `${step.label}${detailOf(step)} ${elapsed(step.since)}`,
    );
    const line = `${FRAMES[frame % FRAMES.length]} ${steps.join(" · ")}`;
    stream.write(`${empty()}${line.slice(0, width())}`);
  };
  const tick = () => {
    frame += 1;
    if (animated) return draw();
    for (const step of running.values()) {
      if (Date.now() - step.told < STILL_AT_IT_MS) continue;
      step.told = Date.now();
      stream.write(`${step.label} …${detailOf(step)} ${elapsed(step.since)}\n`);
    }
  };
  const note = (line) => {
    clear();
    stream.write(`${visible(line)}\n`);
    draw();
  };
  const end = (key, step, outcome, failed) => {
    clear();
    running.delete(key);
    if (running.size === 0) clearInterval(timer);
    const mark = animated ? `${failed ? paint(31, "✗") : paint(32, "✓")} ` : "";
    stream.write(`${mark}${step.label}: ${visibleLine(outcome)} (${elapsed(step.since)})\n`);
    draw();
  };

  async function step(name, work, describe = () => "done") {
    const label = visibleLine(name);
    const key = Symbol(label);
    const state = { label, since: Date.now(), told: Date.now(), detail: "" };
    if (!animated) stream.write(`${label} …\n`);
    if (running.size === 0) timer = setInterval(tick, FRAME_MS).unref();
    running.set(key, state);
    draw();
    try {
      const result = await work((detail) => {
        state.detail = visibleLine(detail);
      });
      end(key, state, describe(result), false);
      return result;
    } catch (error) {
      end(key, state, "failed", true);
      throw error;
    }
  }
  return { step, note };
}

function detailOf(step) {
  return step.detail === "" ? "" : ` ${step.detail}`;
}

function elapsed(since) {
  const seconds = Math.round((Date.now() - since) / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

module.exports = { createProgress };
