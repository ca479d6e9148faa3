/** What a page keeps over a reload of the window: the file that it shows. */
export const keptUri = (kept: unknown): string | undefined =>
  typeof kept === 'object' && kept !== null && 'uri' in kept && typeof kept.uri === 'string' ? kept.uri : undefined;
