import { writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { copyWasm } from './scripts/build-measure.ts';
import { bundles } from './scripts/bundles.ts';
import { noticesOf } from './scripts/notices.ts';

const { programs, pages, measure } = bundles(process.argv.includes('--minify'));
const metafiles = [];
for (const options of [programs, pages, measure]) metafiles.push((await build(options)).metafile);
await copyWasm('dist');
await writeFile('dist/THIRD-PARTY-NOTICES.txt', await noticesOf(metafiles));
