// JavaScript, with its types in octokit.d.ts: Octokit's own types describe every route of GitHub's
// API in 136,000 lines, which each type check would read.

export async function octokit(options) {
  const [{ Octokit }, { retry }, { throttling }] = await Promise.all([
    import("@octokit/core"),
    import("@octokit/plugin-retry"),
    import("@octokit/plugin-throttling"),
  ]);
  return new (Octokit.plugin(retry, throttling))(options);
}
