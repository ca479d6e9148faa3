// `npm run web-demo`: VS Code with the extension and the examples as a static page; `-- --serve` shows it on this machine.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { buildWebDemo } from './web-demo/build.ts';
import { serveFolder } from './web-demo/serve.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const PORT = z.coerce.number().int().min(0).max(65535);

const { serve, port } = read(process.argv.slice(2));
const folder = await buildWebDemo();
const shown = path.relative(ROOT, folder);
console.log(`\nThe page is in ${shown}: put the folder on any static host that serves https.`);
if (serve) {
  const { url, close } = await serveFolder(folder, port);
  console.log(`Here it is at\n\n  ${url}\n\nCtrl-C ends that.`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
} else {
  console.log('To see it on this machine: npm run web-demo -- --serve');
}

/** What is asked for; a person who asks for something else is told what there is. */
function read(args: string[]): { readonly serve: boolean; readonly port: number } {
  try {
    const { values } = parseArgs({ args, options: { serve: { type: 'boolean' }, port: { type: 'string' } } });
    const chosen = PORT.safeParse(values.port ?? 0);
    if (!chosen.success) throw new Error(`--port takes a number from 0 to 65535, not ${values.port}.`);
    return { serve: values.serve === true || values.port !== undefined, port: chosen.data };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error('npm run web-demo -- [--serve] [--port N]');
    process.exit(2);
  }
}
