import { glob, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { copyWasm } from './scripts/build-measure.ts';
import { bundles, PIECE } from './scripts/bundles.ts';
import { noticesOf } from './scripts/notices.ts';

const { programs, commands, pages, measure } = bundles(process.argv.includes('--minify'));
// Pieces of an earlier build have names of their own.
for await (const piece of glob(`dist/${PIECE}*`)) await rm(piece);
const metafiles = [];
for (const options of [programs, commands, pages, measure]) metafiles.push((await build(options)).metafile);
await copyWasm('dist');
await writeFile('dist/THIRD-PARTY-NOTICES.txt', await noticesOf(metafiles));
