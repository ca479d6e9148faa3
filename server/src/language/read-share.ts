import type { Span } from './problem.ts';
import type { Report } from './report.ts';

/** As large as the largest side of an input. */
const MOST_HALVINGS = 14;

/**
 * The halvings of `/8`; what stands in its place as `8` or `1/8` is an error with its fix.
 * @param whole the number before the slash, or without one
 */
export function readShare(
  whole: string | undefined,
  part: string | undefined,
  span: Span,
  report: Report,
): number | undefined {
  const shown = `${whole ?? ''}${part ?? ''}`;
  const divisor = Number(part === undefined ? whole : part.slice(1));
  const halvings = Math.round(Math.log2(divisor));
  const nearest = Number.isFinite(halvings) ? Math.min(MOST_HALVINGS, Math.max(0, halvings)) : undefined;
  const right = nearest === undefined ? undefined : `/${2 ** nearest}`;
  const data = right === undefined ? {} : { data: { kind: 'replace', with: [right] } as const };
  if (part === undefined || (whole !== undefined && whole !== '1')) {
    const message = `at takes a share of the input's resolution, such as ${right ?? '/8'}, or the name of a node.`;
    report({ code: 'bad-value', severity: 'error', message, span, ...data });
    return undefined;
  }
  if (nearest === undefined || 2 ** nearest !== divisor) {
    const message = `'${shown}' is no resolution that halving gives: /1, /2, /4 and so on to /${2 ** MOST_HALVINGS}.`;
    report({ code: 'bad-number', severity: 'error', message, span, ...data });
    return undefined;
  }
  if (whole === undefined) return nearest;
  report({ code: 'bad-value', severity: 'error', message: `The 1 is left out: write at /${divisor}.`, span, ...data });
  return undefined;
}
