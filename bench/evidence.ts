import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { documentsOf } from './evidence/documents.ts';
import { evidenceJson } from './evidence/evaluate.ts';
import { evidenceOf } from './evidence/evidence.ts';
import { allSets } from './evidence/sets.ts';

/**
 * The scores and costs of the program against accuracies that others measured (docs/evidence.md).
 *
 * Usage: npm run bench:evidence [-- [--json FILE] [--write]]
 *   --json FILE  τ and the share of pairs for each set and measure
 *   --write      docs/evidence.md and its pictures
 */
const { values: options } = parseArgs({ options: { json: { type: 'string' }, write: { type: 'boolean' } } });
const ROOT = path.resolve(import.meta.dirname, '..');

const begun = performance.now();
const evidence = await evidenceOf(allSets());
for (const { id, n, pairs, measures } of evidence.results) {
  console.log(`${id}: ${n} networks, ${pairs} pairs of equal macs`);
  for (const { measure, tau, rank, pairs: won } of measures) {
    const [t, p] = [tau, won].map(
      ({ value, low, high }) => `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`,
    );
    console.log(`  ${measure.padEnd(22)} τ ${t?.padEnd(25)} ρ ${rank.toFixed(3).padStart(6)}  pairs ${p}`);
  }
}
if (options.json !== undefined)
  writeFileSync(options.json, `${JSON.stringify(evidenceJson(evidence.results), null, 2)}\n`);
if (options.write === true)
  for (const [file, text] of Object.entries(documentsOf(evidence))) {
    mkdirSync(path.dirname(path.join(ROOT, file)), { recursive: true });
    writeFileSync(path.join(ROOT, file), text);
    console.log(`${file}: ${text.length} characters`);
  }
console.log(`${((performance.now() - begun) / 1000).toFixed(1)} s`);
