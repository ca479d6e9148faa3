import { POINT_COLUMNS, type Profile } from './profile.ts';

/** The text of a profile: one field or point a line, so that a review shows what changed. */
export function profileText({ operators, ...head }: Profile): string {
  const fields = Object.entries({ ...head, columns: POINT_COLUMNS }).map(([key, value]) => `  ${entry(key, value)},`);
  const kinds = operators.map(({ points, ...kind }) => {
    const about = Object.entries(kind).map(([key, value]) => entry(key, value));
    const rows = points.map((point) => `      [${point.join(', ')}]`);
    return `    { ${about.join(', ')}, "points": [\n${rows.join(',\n')}\n    ] }`;
  });
  return `{\n${fields.join('\n')}\n  "operators": [\n${kinds.join(',\n')}\n  ]\n}\n`;
}

const entry = (key: string, value: unknown): string => `${JSON.stringify(key)}: ${spaced(value)}`;

/** JSON on one line, with the spaces that people write. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, own]) => own !== undefined);
  return `{ ${fields.map(([key, own]) => entry(key, own)).join(', ')} }`;
}
