/** Pixels of the letters in a drawing: on average, and of the widest line that is written in it. */
export const CHARACTER = 6.6;

/** Thickness of one block before it is made to fit: the square root of its channels. */
export const thickness = (channels: number): number => 2 + 0.34 * Math.sqrt(channels);

/** Between two blocks, before it is made to fit. */
const BETWEEN = 2;

/** Blocks side by side: how wide they are together, when everything is drawn `fit` times as thick. */
export const rowWidth = (depth: number, channels: number, fit = 1): number =>
  depth * (thickness(channels) + BETWEEN) * fit;

/** Where the blocks of a row stand, and how thick they are. */
export function rowOf(
  depth: number,
  channels: number,
  fit: number,
): { readonly steps: number[]; readonly thick: number } {
  const step = (thickness(channels) + BETWEEN) * fit;
  return { steps: Array.from({ length: depth }, (_, i) => i * step), thick: thickness(channels) * fit };
}

/** Height of a block whose input is as high as the drawing has room: the square root, so that ¼ of the area is half as high. */
export const tall = (height: number, input: number, room: number): number =>
  Math.max(4, room * Math.sqrt(height / Math.max(1, input)));

/** The most, up to 1, that everything can be thick so that it still fits. */
export function fitting(fits: (fit: number) => boolean): number {
  if (fits(1)) return 1;
  let [low, high] = [0, 1];
  for (let step = 0; step < 20; step++) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** Text that would run into its neighbour loses its end; the tooltip has all of it. */
export function fitted(text: string, width: number): string {
  const room = Math.floor(width / CHARACTER);
  return text.length <= room ? text : `${text.slice(0, Math.max(0, room - 1))}…`;
}

export const round = (value: number): number => Math.round(value * 10) / 10;
