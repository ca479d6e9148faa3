/**
 * What `work` takes, in seconds: the lesser of what the clock and the processor say. Other programs make the clock run while
 * the work waits, and V8's helpers, which clear memory beside it, work on other cores in the same time.
 */
export function processorSeconds(work: () => void): number {
  const [before, began] = [process.cpuUsage(), performance.now()];
  work();
  const { user, system } = process.cpuUsage(before);
  return Math.min((performance.now() - began) / 1e3, (user + system) / 1e6);
}
