/**
 * What each file is called where several are listed: the last part of its path, with as many folders before it as it
 * takes to tell it from the others.
 */
export function fileLabels(uris: readonly string[]): ReadonlyMap<string, string> {
  const paths = new Map([...new Set(uris)].map((uri) => [uri, partsOf(uri)]));
  const last = (parts: readonly string[], count: number): string => parts.slice(-count).join('/');
  const label = (uri: string, parts: readonly string[]): string => {
    const others = [...paths].filter(([other]) => other !== uri).map(([, theirs]) => theirs);
    const clear = parts.findIndex((_, i) => !others.some((theirs) => last(theirs, i + 1) === last(parts, i + 1)));
    return last(parts, clear < 0 ? parts.length : clear + 1);
  };
  return new Map([...paths].map(([uri, parts]) => [uri, label(uri, parts)]));
}

/** «b.mae» */
export const fileName = (uri: string): string => partsOf(uri).at(-1) ?? uri;

/** The path of a URI in readable parts. */
const partsOf = (uri: string): string[] =>
  uri
    .replace(/^[^:/]*:(\/\/[^/]*)?/, '')
    .split('/')
    .filter((part) => part !== '')
    .map(readable);

function readable(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
