import type { Entrant } from './entrant.ts';
import { costsJson } from './score-json.ts';

/** `mae compare --json`: every backbone with the same numbers for the whole and for each of its stages. */
export const compareJson = (entrants: readonly Entrant[]) => ({
  stages: stageNames(entrants),
  backbones: entrants.map(({ from, analysis: { backbone, costs, score, stages } }) => ({
    from,
    name: backbone.name,
    input: [backbone.input.channels, backbone.input.height, backbone.input.width],
    ...costsJson(costs),
    score: { fanIn: score.fanIn, exact: score.exact, deepmad: score.deepmad },
    stages: stages.map(({ lowered, costs: own, entropy }) => ({
      name: lowered.name,
      channels: lowered.channels,
      height: lowered.height,
      width: lowered.width,
      blocks: lowered.groups.reduce((sum, { group }) => sum + group.depth, 0),
      entropy: { fanIn: entropy.fanIn, exact: entropy.exact },
      ...costsJson(own),
    })),
  })),
});

/** Every stage that any of them has, in order. */
export const stageNames = (entrants: readonly Entrant[]): string[] =>
  entrants
    .map(({ analysis }) => analysis.stages.map((s) => s.lowered.name))
    .reduce((longest, names) => (names.length > longest.length ? names : longest), []);
