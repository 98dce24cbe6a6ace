// Loaded before a program: at its end it prints its peak memory, in bytes, and its CPU time, in
// milliseconds.
process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  const peakBytes = process.resourceUsage().maxRSS * 1_024;
  console.log(JSON.stringify({ cpuMs: (user + system) / 1_000, peakBytes }));
});
