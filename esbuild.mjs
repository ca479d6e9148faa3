import { glob, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { copyWasm } from './scripts/build-measure.ts';
import { buildWeb } from './scripts/build-web.ts';
import { bundles, PIECE } from './scripts/bundles.ts';
import { noticesOf } from './scripts/notices.ts';

const minify = process.argv.includes('--minify');
const { programs, commands, pages, measure } = bundles(minify);
// Pieces of an earlier build have names of their own.
for await (const piece of glob(`dist/${PIECE}*`)) await rm(piece);
const metafiles = [];
for (const options of [programs, commands, pages, measure]) metafiles.push((await build(options)).metafile);
metafiles.push(...(await buildWeb(minify)));
await copyWasm('dist');
await writeFile('dist/THIRD-PARTY-NOTICES.txt', await noticesOf(metafiles));
