import { shown } from '../shown.ts';
import type { Recognition } from './recognise.ts';

const LONGEST_NAME = 100;

/** The text of a model's backbone, under comments that say where it is from and how it differs. */
export function modelText(file: string, { exact, differences, mae }: Recognition): string {
  const how = exact
    ? 'exact: every convolution of its backbone, and no other'
    : `not exact: it differs as below${differences.length === 1 ? '' : `, in ${differences.length} points`}`;
  return `// From ${shown(file, LONGEST_NAME)}, an ONNX model, ${how}.\n${mae}`;
}
