import { writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { copyWasm } from './scripts/build-measure.ts';
import { buildWeb } from './scripts/build-web.ts';
import { bundles } from './scripts/bundles.ts';
import { noticesOf } from './scripts/notices.ts';

const minify = process.argv.includes('--minify');
const { programs, pages, measure } = bundles(minify);
const metafiles = [];
for (const options of [programs, pages, measure]) metafiles.push((await build(options)).metafile);
metafiles.push(...(await buildWeb(minify)));
await copyWasm('dist');
await writeFile('dist/THIRD-PARTY-NOTICES.txt', await noticesOf(metafiles));
