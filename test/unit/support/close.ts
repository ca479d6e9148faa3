/** Paths at which two values differ by more than 1e-9 (relative, at least 1); numbers anywhere in them are compared. */
export function differences(actual: unknown, expected: unknown, path = ''): string[] {
  if (typeof actual === 'number' && typeof expected === 'number') {
    const error = Math.abs(actual - expected) / Math.max(1, Math.abs(expected));
    return Object.is(actual, expected) || error <= 1e-9 ? [] : [`${path}: ${actual} is not ${expected}`];
  }
  if (typeof actual !== 'object' || typeof expected !== 'object' || actual === null || expected === null) {
    return Object.is(actual, expected) ? [] : [`${path}: ${String(actual)} is not ${String(expected)}`];
  }
  const [a, b] = [new Map(Object.entries(actual)), new Map(Object.entries(expected))];
  const keys = new Set([...a.keys(), ...b.keys()]);
  return [...keys].flatMap((key) => differences(a.get(key), b.get(key), `${path}.${key}`));
}
