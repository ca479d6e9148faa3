import { z } from 'zod';
import { done, EXIT, fail, type Outcome } from '../answers/exit.ts';
import { at, readSource } from '../answers/source.ts';
import type { Measured } from '../report/measured.ts';

const FILE = z.object({
  backend: z.string(),
  device: z.string(),
  draws: z.number(),
  seed: z.number(),
  activation: z.enum(['linear', 'relu']),
  backbones: z.array(
    z.object({
      name: z.string(),
      stages: z.array(
        z.object({
          name: z.string(),
          logStd: z.object({ mean: z.number(), sd: z.number() }),
          predicted: z.object({ mean: z.number(), sd: z.number().nullable() }),
          z: z.number().nullable(),
        }),
      ),
    }),
  ),
});

/** What `mae measure --json` wrote, or why it is not that. */
export async function readMeasured(path: string): Promise<Outcome<Measured>> {
  const source = await readSource(path);
  if (!source.ok) return source;
  const wrong = fail(EXIT.input, at(path, 'This is not what mae measure --json writes.'));
  try {
    const read = FILE.safeParse(JSON.parse(source.value.text));
    return read.success ? done(read.data) : wrong;
  } catch {
    return wrong;
  }
}
