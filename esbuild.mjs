import { glob, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { copyWasm } from './scripts/build-measure.ts';
import { buildWeb } from './scripts/build-web.ts';
import { bundles, PIECE } from './scripts/bundles.ts';
import { noticesOf } from './scripts/notices.ts';

const minify = process.argv.includes('--minify');
const { programs, commands, pages, measure } = bundles(minify);
const metafiles = [];
for (const options of [programs, commands, pages, measure]) metafiles.push((await build(options)).metafile);
// Pieces of an earlier build have names of their own.
const made = new Set(metafiles.flatMap(({ outputs }) => Object.keys(outputs)));
for await (const piece of glob(`dist/${PIECE}*`)) if (!made.has(piece.replaceAll(path.sep, '/'))) await rm(piece);
metafiles.push(...(await buildWeb(minify)));
await copyWasm('dist');
await writeFile('dist/THIRD-PARTY-NOTICES.txt', await noticesOf(metafiles));
