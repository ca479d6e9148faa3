import type { ImageSize } from '../backbone/backbone.ts';
import { type Read, readQuantity } from './quantity.ts';
import { INPUT_SIDE } from './vocabulary.ts';

/** Reads HEIGHTxWIDTH, such as 800x1280, as a person types it: «800 × 1280» too. */
export function readSize(text: string): Read<ImageSize> {
  const [, ...sides] = /^\s*(\d+)\s*[x×]\s*(\d+)\s*$/i.exec(text) ?? [];
  const [height, width] = sides.map((side) => readQuantity(side, INPUT_SIDE));
  if (height === undefined || width === undefined) {
    return { ok: false, message: `'${text.trim()}' is not HEIGHTxWIDTH, such as 800x1280.` };
  }
  if (!height.ok) return height;
  if (!width.ok) return width;
  return { ok: true, value: { height: height.value, width: width.value } };
}
