import type { Argument } from './arguments.ts';
import type { Group } from './backbone.ts';

/** Some fields of a group; arguments without a field of their own are among its `options`. */
export type Fields = Partial<Group>;

/** What an argument says in a group, as its field has it; of one without a field as it is written. */
export function argumentValue(g: Fields, argument: Argument): number | string | boolean | undefined {
  if (argument.field !== undefined) return g[argument.field];
  return g.options?.[argument.name] ?? argument.default;
}

/** The value as it is written; undefined where it stands at its default and so needs not be. */
export function argumentText(g: Fields, argument: Argument): string | undefined {
  const value = argumentValue(g, argument);
  if (value === undefined || value === argument.default) return undefined;
  if (typeof value === 'boolean') return value ? 'yes' : undefined;
  return String(value);
}

/** The field that a written value fills, beside what is there already. */
export function withValue(fields: Fields, argument: Argument, value: number | string): Fields {
  const { field, name } = argument;
  if (field === undefined) {
    if (value === argument.default) return fields;
    return { ...fields, options: { ...fields.options, [name]: value } };
  }
  return { ...fields, [field]: argument.type === 'flag' ? value === 'yes' : value };
}
