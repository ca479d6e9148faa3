import type { BackboneAnalysis } from '../analysis/analyse.ts';
import { entropyKey, type FeatureOptions, scoreOf } from './options.ts';
import { costNumbers } from './search-design.ts';
import type { Snapshot } from './snapshot.ts';

/** One stage of a backbone that is compared. */
export interface ComparedStage {
  readonly name: string;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** Blocks in all of its groups. */
  readonly blocks: number;
  readonly entropy: number;
  readonly costs: Readonly<Record<string, number>>;
}

/** A backbone that is compared with others: totals, and the same per stage. */
export interface ComparedDesign {
  /** Unique among what is compared. */
  readonly id: string;
  readonly name: string;
  readonly builtIn: boolean;
  readonly input: { readonly channels: number; readonly height: number; readonly width: number };
  readonly score: number;
  readonly costs: Readonly<Record<string, number>>;
  readonly stages: readonly ComparedStage[];
}

/** The backbones of a text, ready to be compared. */
export const compared = (snapshot: Snapshot, options: FeatureOptions, builtIn: boolean): ComparedDesign[] =>
  snapshot.backbones.flatMap(({ source, analysis }) =>
    analysis === undefined ? [] : [comparedDesign(source.name, analysis, options, builtIn)],
  );

function comparedDesign(
  name: string,
  analysis: BackboneAnalysis,
  options: FeatureOptions,
  builtIn: boolean,
): ComparedDesign {
  const key = entropyKey(options);
  return {
    id: `${builtIn ? 'built-in' : 'file'}:${name}`,
    name,
    builtIn,
    input: analysis.network.input,
    score: scoreOf(analysis, options),
    costs: costNumbers(analysis.costs),
    stages: analysis.stages.map(({ lowered, costs, entropy }) => ({
      name: lowered.name,
      channels: lowered.channels,
      height: lowered.height,
      width: lowered.width,
      blocks: lowered.groups.reduce((sum, g) => sum + g.group.depth, 0),
      entropy: entropy[key],
      costs: costNumbers(costs),
    })),
  };
}
