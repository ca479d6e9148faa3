import type { ComparedDesign } from '../features/comparison.ts';
import { comparisonNotes } from '../features/comparison-notes.ts';
import { costsJson } from './score-json.ts';

/** `mae compare --json`: every backbone with the same numbers for the whole and for each of its stages. */
export const compareJson = (designs: readonly ComparedDesign[]) => ({
  stages: stageNames(designs),
  notes: comparisonNotes(designs),
  backbones: designs.map(({ from, name, input, costs, score, stages }) => ({
    from,
    name,
    input: [input.channels, input.height, input.width],
    ...costsJson(costs),
    score: { fanIn: score.fanIn, exact: score.exact, deepmad: score.deepmad },
    stages: stages.map(({ costs: own, entropy, ...stage }) => ({
      name: stage.name,
      channels: stage.channels,
      height: stage.height,
      width: stage.width,
      blocks: stage.blocks,
      entropy: { fanIn: entropy.fanIn, exact: entropy.exact },
      ...costsJson(own),
    })),
  })),
});

/** Every stage that any of them has, in order. */
export const stageNames = (designs: readonly ComparedDesign[]): string[] =>
  designs
    .map(({ stages }) => stages.map(({ name }) => name))
    .reduce((longest, names) => (names.length > longest.length ? names : longest), []);
