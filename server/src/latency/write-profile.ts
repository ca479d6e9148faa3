import { POINT_COLUMNS, type Profile } from './profile.ts';

/** The text of a profile as it is checked in: a field a line, a point a line, the names of a point's numbers at the top. */
export function writeProfile(profile: Profile): string {
  const { operators, ...head } = profile;
  const lines = Object.entries({ ...head, columns: POINT_COLUMNS }).map(
    ([name, value]) => `  ${JSON.stringify(name)}: ${spaced(value)},`,
  );
  const kinds = operators.map(({ points, ...kind }) => {
    const fields = spaced(kind).slice(2, -2);
    const rows = points.map((point) => `      ${spaced(point)}`).join(',\n');
    return `    { ${fields}, "points": [\n${rows}\n    ] }`;
  });
  return `{\n${lines.join('\n')}\n  "operators": [\n${kinds.join(',\n')}\n  ]\n}\n`;
}

/** JSON on one line with a space behind commas and colons, and inside braces. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .map(([name, one]) => `${JSON.stringify(name)}: ${spaced(one)}`)
    .join(', ')} }`;
}
