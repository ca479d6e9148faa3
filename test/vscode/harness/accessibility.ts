import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core found, as far as a person would stumble over it. */
export interface Finding {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly string[];
}

/** Serious and critical findings of axe-core in a page. */
export async function findings(frame: Frame): Promise<Finding[]> {
  await frame.evaluate(AXE);
  const found: unknown = await frame.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map((v) => (
      { id: v.id, impact: v.impact, nodes: v.nodes.map((n) => n.html.slice(0, 200) + ' ' + n.failureSummary) })))`,
  );
  return (found as Finding[]).filter(({ impact }) => impact === 'serious' || impact === 'critical');
}
