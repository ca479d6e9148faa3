import type { DetectorBuilder, Level } from './builder.ts';
import { levelName } from './builder.ts';
import type { PartValues } from './detector.ts';
import { numberOf } from './part-arguments.ts';
import type { LevelFacts, PartFault } from './part-definition.ts';

/** 1×1 from each output, then from the coarsest down each level is added to the next finer one. Finest first. */
export function topDown(net: DetectorBuilder, read: readonly Level[], width: number): Level[] {
  const lateral = read.map((level) =>
    net.add(`${levelName(level.shape)} lateral`, [level], (cell, x) =>
      cell.layer(x, { out: width, kernel: 1, bias: true }),
    ),
  );
  const merged: Level[] = [];
  for (const level of lateral.toReversed()) {
    const [coarser] = merged;
    merged.unshift(
      coarser === undefined
        ? level
        : net.add(`${levelName(level.shape)} merged`, [level, coarser], (cell, x, above) =>
            cell.sum(x, cell.upsample(above, level.shape)),
          ),
    );
  }
  return merged;
}

/** A 3×3 convolution with its bias. */
export const smoothed = (net: DetectorBuilder, level: Level, name: string, width: number, stride = 1): Level =>
  net.add(name, [level], (cell, x) => cell.layer(x, { out: width, kernel: 3, stride, bias: true }));

/** Levels behind the coarsest one until there are so many. */
export function extraLevels(
  net: DetectorBuilder,
  read: readonly Level[],
  made: readonly Level[],
  width: number,
  levels: number,
  extra: string,
): Level[] {
  const all = [...made];
  let last = extra === 'on-input' ? read.at(-1) : all.at(-1);
  while (all.length < levels && last !== undefined) {
    const name = levelName({ halvings: last.shape.halvings + 1 });
    const level: Level = last;
    last =
      extra === 'pool'
        ? // mmdetection calls it as a function, and of a window of one position it takes no maximum.
          net.add(name, [level], (cell, x) =>
            cell.behind({ op: 'maxpool', kernel: 1, stride: 2 }, [x], { functional: true }),
          )
        : smoothed(net, level, name, width, 2);
    all.push(last);
  }
  return all;
}

/** A pyramid hands on every level that it reads. */
export function fewerThanRead(values: PartValues, levels: readonly LevelFacts[]): PartFault[] {
  const wanted = numberOf(values, 'levels');
  if (wanted >= levels.length) return [];
  const message = `This neck reads ${levels.length} levels and hands on at least these: write levels: ${levels.length}, or read fewer.`;
  return [{ argument: 'levels', message, right: String(levels.length) }];
}
