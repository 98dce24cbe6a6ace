import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { hasPluginCache } from "../../lib/terraform/cli-config";

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "cli-config-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const withConfig = (text: string) => {
  const file = path.join(folder, "terraformrc");
  writeFileSync(file, text);
  return hasPluginCache({ HOME: folder, TF_CLI_CONFIG_FILE: file });
};

test("a plugin cache is named by the environment or by the CLI configuration, and not by a comment in it", () => {
  expect(hasPluginCache({ HOME: folder })).toBe(false);
  expect(hasPluginCache({ HOME: folder, TF_PLUGIN_CACHE_DIR: "" })).toBe(false);
  expect(hasPluginCache({ HOME: folder, TF_PLUGIN_CACHE_DIR: "/cache" })).toBe(true);
  expect(withConfig('plugin_cache_dir = "/cache"')).toBe(true);
  expect(withConfig('# plugin_cache_dir = "/cache"')).toBe(false);
});
