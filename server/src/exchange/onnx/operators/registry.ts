import { CONSTANTS } from './constants.ts';
import { ELEMENTWISE } from './elementwise.ts';
import { LAYOUT } from './layout.ts';
import { LINEAR } from './linear.ts';
import { NORMS } from './norms.ts';
import { PARTS } from './parts.ts';
import { RESIZING } from './resize.ts';
import type { Rule } from './rule.ts';
import { WINDOWS } from './windows.ts';

/** Every operator whose shapes are known here. A family of operators is one file with a line in this list. */
const RULES: ReadonlyMap<string, Rule> = new Map(
  [CONSTANTS, ELEMENTWISE, LAYOUT, LINEAR, NORMS, PARTS, RESIZING, WINDOWS].flatMap((family) => Object.entries(family)),
);

/** Domains whose operators are those of the specification. */
const OWN_DOMAINS: ReadonlySet<string> = new Set(['', 'ai.onnx']);

export const ruleOf = (op: string, domain: string): Rule | undefined =>
  OWN_DOMAINS.has(domain) ? RULES.get(op) : undefined;
