import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { PartialMessage, Plugin } from 'esbuild';

/** Makes the code of a grammar, and says what is wrong with the grammar: nothing, when the code was made. */
export type Generate = () => Promise<readonly PartialMessage[]>;

/** Runs Langium's generator, as `npm run generate` does. */
export const langiumGenerate =
  (root: string): Generate =>
  () =>
    new Promise((resolve) => {
      const program = path.join(root, 'node_modules', 'langium-cli', 'bin', 'langium.js');
      execFile(process.execPath, [program, 'generate'], { cwd: root }, (error, _, said) => {
        resolve(error === null ? [] : grammarProblems(said));
      });
    });

/** Langium says FILE:LINE:COLUMN - TEXT for each problem; where it says nothing of the kind, all that it said. */
export function grammarProblems(said: string): PartialMessage[] {
  const found = said.split(/\r?\n/).flatMap((line): PartialMessage[] => {
    const [, file, at, column, text] = /^(.+?):(\d+):(\d+) - (.*)$/.exec(line) ?? [];
    if (file === undefined || text === undefined) return [];
    return [{ text, location: { file, line: Number(at), column: Number(column) - 1 } }];
  });
  return found.length > 0 ? found : [{ text: `The grammar was not generated: ${said.trim()}` }];
}

/**
 * Generates the code of a grammar before the bundle that holds it is built, whenever the grammar is another. The bundle
 * then watches the grammar as if the generated files were it.
 *
 * @param generated matches the paths of what is generated
 */
export function generatedGrammar(grammar: string, generated: RegExp, generate: Generate): Plugin {
  let made: string | undefined;
  let problems: readonly PartialMessage[] = [];
  return {
    name: 'generated-grammar',
    setup: (build) => {
      build.onStart(async () => {
        const text = await readFile(grammar, 'utf8');
        if (text !== made) problems = await generate();
        made = text;
        return { errors: [...problems] };
      });
      build.onLoad({ filter: generated }, async ({ path: file }) => ({
        contents: await readFile(file, 'utf8'),
        loader: 'ts',
        watchFiles: [file, grammar],
      }));
    },
  };
}
