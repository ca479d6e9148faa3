import { isMeasured, type SearchTask } from '../search/task.ts';
import { CONFIRM_ACTIVATION, type Confirmed, confirmSeed, isZen } from './confirm.ts';
import { rank } from './ranking.ts';
import { type Column, table } from './table.ts';

/** Fields of the last line of `mae search --json`: a contract that other programs rely on. */
export function confirmJson(confirmed: readonly Confirmed[]) {
  const { holds, ...ranking } = rank(confirmed);
  return {
    confirmed: confirmed.map(({ score, measured, backend, device, draws }) => ({
      score,
      measured,
      backend,
      device,
      activation: CONFIRM_ACTIVATION,
      draws,
    })),
    rankingHolds: holds,
    ranking,
  };
}

/** The designs side by side, and whether the closed form orders them as measuring does. */
export function confirmLines(task: SearchTask, confirmed: readonly Confirmed[]): string[] {
  const [first] = confirmed;
  if (first === undefined) return [];
  const what = isZen(task) ? 'Zen-Score' : `Z ${CONFIRM_ACTIVATION}`;
  const columns: readonly Column[] = [
    { title: 'design', align: 'right' },
    { title: isMeasured(task) ? 'Zen-Score in the search' : `Z ${task.estimator}`, align: 'right' },
    { title: `${what} measured`, align: 'right' },
  ];
  const rows = confirmed.map(({ score, measured }, index) => [
    String(index + 1),
    score.toFixed(2),
    `${measured.mean.toFixed(2)} ± ${measured.sd.toFixed(2)}`,
  ]);
  return [
    `Measured: the best ${confirmed.length} designs, ${first.draws} draws each, seed ${confirmSeed(task)}, ${first.backend} on ${first.device}.`,
    ...table(columns, rows).map((line) => `  ${line}`),
    verdict(confirmed),
  ];
}

function verdict(confirmed: readonly Confirmed[]): string {
  const { holds, spearman, pairs, told, reversed } = rank(confirmed);
  const numbers = `Spearman ${spearman.toFixed(2)}`;
  if (!holds) return `The ranking does not hold: ${reversed} of ${pairs} pairs are the other way round; ${numbers}.`;
  if (told === 0)
    return `Nothing speaks against the ranking: the designs are closer than their spread (${numbers}); more draws tell more.`;
  return `The ranking holds: ${told} of ${pairs} pairs can be told apart, all in its order; ${numbers}.`;
}
