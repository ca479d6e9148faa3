import type { ModelTable } from '../../../server/src/server/protocol.ts';

type Stage = ModelTable['stages'][number];

/** A stage with its name and its shares of the whole model. */
export interface NamedStage extends Stage {
  readonly name: string;
  /** 0 … 1 of the multiply–accumulates of convolutions and linear layers, and of what is trained. */
  readonly macsShare: number;
  readonly paramsShare: number;
}

/** Height and width of the images that come in; undefined where no input is an image. */
export function imageSize({ inputs }: Pick<ModelTable, 'inputs'>): { height: number; width: number } | undefined {
  const [, first = 1, second = 1, third = 1] = inputs.find(({ shape }) => shape.length === 4)?.shape ?? [];
  const isChannelsLast = third <= MOST_COLOURS && first > MOST_COLOURS;
  const [height, width] = isChannelsLast ? [first, second] : [second, third];
  return height > 1 ? { height, width } : undefined;
}

const MOST_COLOURS = 4;

/**
 * C1 is half of the image, C2 a quarter, and so on; where the stages of a network are no halves of one another they are
 * numbered.
 */
export function namedStages(model: Pick<ModelTable, 'inputs' | 'stages' | 'macs' | 'params'>): readonly NamedStage[] {
  const { stages, macs, params } = model;
  const image = imageSize(model)?.height;
  const levels = stages.map(({ height }) => (image === undefined ? 0 : Math.round(Math.log2(image / height))));
  const halves = levels.every((level, i) => level > (levels[i - 1] ?? -1));
  return stages.map((stage, i) => ({
    ...stage,
    name: `C${halves ? levels[i] : i + 1}`,
    macsShare: part(stage.macs, macs.conv + macs.linear),
    paramsShare: part(stage.params, params.total),
  }));
}

const part = (amount: number, whole: number): number => (whole === 0 ? 0 : amount / whole);
