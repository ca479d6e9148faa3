import { type CheckFormat, countOf } from './checked.ts';

export const JSON_FORMAT: CheckFormat = {
  name: 'json',
  doc: 'one object with every diagnostic, for programs',
  write: (files) =>
    JSON.stringify({ version: 1, errors: countOf(files, 'error'), warnings: countOf(files, 'warning'), files }),
};
