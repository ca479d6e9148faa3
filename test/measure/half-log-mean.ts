/** ½ log of the mean of variances given by their ½ logs, and its standard error. */
export function halfLogMean(logs: readonly number[]) {
  const most = Math.max(...logs);
  const variances = logs.map((log) => Math.exp(2 * (log - most)));
  const mean = variances.reduce((sum, v) => sum + v, 0) / logs.length;
  const spread = variances.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (logs.length - 1);
  return { log: most + 0.5 * Math.log(mean), error: (0.5 * Math.sqrt(spread / logs.length)) / mean };
}
