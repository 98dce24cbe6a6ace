import { PassThrough } from "node:stream";
import { askSecret } from "../../lib/terminal/ask-secret";

function terminal(isTTY = true) {
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = Object.assign(new PassThrough(), { isTTY });
  const shown: string[] = [];
  output.on("data", (chunk: Buffer) => shown.push(chunk.toString()));
  return { input, output, shown };
}

test("returns the typed text, and shows it nowhere", async () => {
  const { shown, ...at } = terminal();
  const asked = askSecret("Token: ", at);
  at.input.write("CCIPAT_");
  at.input.write("0123x\u007f \r");
  expect(await asked).toBe("CCIPAT_0123");
  expect(shown.join("")).toBe("Token: \n");
});

test.each([
  ["Ctrl-C", "\u0003"],
  ["Ctrl-D", "\u0004"],
])("%s ends it without a value", async (_, key) => {
  const { shown, ...at } = terminal();
  const asked = askSecret("Token: ", at);
  at.input.write(`CCI${key === "\u0004" ? "\u0015" : ""}${key}`);
  await expect(asked).rejects.toMatchObject({ code: "interrupted" });
  expect(shown.join("")).toBe("Token: \n");
});

test("a closed terminal ends it", async () => {
  const { shown: _, ...at } = terminal();
  const asked = askSecret("Token: ", at);
  at.input.end();
  await expect(asked).rejects.toMatchObject({ code: "interrupted" });
});

test("without a terminal there is no question", async () => {
  const { shown, ...at } = terminal(false);
  expect(await askSecret("Token: ", at)).toBeUndefined();
  expect(shown).toEqual([]);
});
