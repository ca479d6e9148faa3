import * as z from 'zod';
import { done, EXIT, fail, type Outcome } from '../answers/exit.ts';
import { MAX_BYTES, readSource, type Source } from '../answers/source.ts';
import type { ImageSize } from '../backbone/backbone.ts';
import { readSize } from '../language/size.ts';

/** A design as tools take it: its text, or the file that it stands in. */
export const GIVEN_DESIGN = {
  text: z.string().max(MAX_BYTES).optional().describe('The whole text of a .mae file. Give either text or path.'),
  path: z.string().min(1).optional().describe('The path of a .mae file to read. Give either text or path.'),
};

export interface GivenDesign {
  readonly text?: string | undefined;
  readonly path?: string | undefined;
}

/** What a text that stands in no file is called in messages; profiles of devices are looked for in the working folder. */
const UNNAMED = 'design.mae';

/** Reads what a tool was given. */
export async function sourceOf({ text, path: file }: GivenDesign): Promise<Outcome<Source>> {
  if ((text === undefined) === (file === undefined))
    return fail(EXIT.usage, 'Give either text, the whole text of a .mae file, or path, where one stands.');
  return text === undefined ? readSource(file ?? '') : done({ path: UNNAMED, text, bom: false });
}

export const SIZE = z
  .string()
  .optional()
  .describe('HEIGHTxWIDTH, such as 640x640: all numbers as if every input had this size. Left out: its own input.');

/** The size that a caller wrote, or what is wrong with it. */
export function sizeOf(text: string | undefined): Outcome<ImageSize | undefined> {
  if (text === undefined) return done(undefined);
  const read = readSize(text);
  return read.ok ? done(read.value) : fail(EXIT.usage, read.message);
}
