/** `npm run watch`: dist/ is built again whenever a source, the grammar among them, is saved. Ctrl-C ends it. */
import path from 'node:path';
import { type BuildOptions, context, type Plugin } from 'esbuild';
import { copyWasm } from '../build-measure.ts';
import { bundles } from '../bundles.ts';
import { generatedGrammar, langiumGenerate } from './grammar.ts';
import { WatchReport } from './report.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const GRAMMAR = path.join(ROOT, 'server', 'src', 'language', 'mae.langium');
const GENERATED = /[\\/]language[\\/]generated[\\/]\w+\.ts$/;

const report = new WatchReport(console.log);
const grammar = generatedGrammar(GRAMMAR, GENERATED, langiumGenerate(ROOT));

async function watch(name: string, options: BuildOptions, ...plugins: readonly Plugin[]): Promise<void> {
  const all = [report.plugin(name), ...plugins, ...(options.plugins ?? [])];
  const watched = await context({ ...options, absWorkingDir: ROOT, logLevel: 'silent', plugins: all });
  await watched.watch();
}

await copyWasm(path.join(ROOT, 'dist'));
const { programs, commands, pages, measure } = bundles(false);
await Promise.all([
  watch('programs', programs, grammar),
  watch('commands', commands, grammar),
  watch('pages', pages),
  watch('measure', measure),
]);
