import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** SHA-256 of what lies in bench/data; bench/data/README.md says where it is from. */
export const CHECKSUMS = {
  'nasbench_macro_acc.txt': '4eb518b50331d5e3c37f6f4fdabc303e38d1af75e6a3f2396a6d8051ea12357f',
  'accel_nasbench.txt': 'f9598df0b0f30fd1a3fbcb10311b5908c018f26cb8b6e7e4fc3fa0740dfce698',
  'transnas_macro.txt': '3f078fb828cd7b6d06b60efb9cf4ddfcc830279971fb882ff47e91b126df52c5',
  'nasbench_macro_counts.txt': '70524938bfd96ccee9b096890b954b323add17f4022124fbcb54d65811ee97c8',
  'accel_nasbench_counts.txt': '2d239ae8e9abb7a97aaa093f8ca3a94120a6810bc05bf601e0b5b0ace196ccef',
} as const;

type DataFile = keyof typeof CHECKSUMS;

export const FOLDER = new URL('../data/', import.meta.url);

/** Lines of a file of bench/data; an error where it is not the one whose sum is known. */
function linesOf(file: DataFile): string[] {
  // A checkout may have turned the ends of lines.
  const text = readFileSync(new URL(file, FOLDER), 'utf8').replaceAll('\r\n', '\n');
  const sum = createHash('sha256').update(text).digest('hex');
  if (sum !== CHECKSUMS[file]) throw new Error(`bench/data/${file} is not what it was: its SHA-256 is ${sum}`);
  return text.trimEnd().split('\n');
}

/** What a source counts for one of its networks. */
export interface SourceCount {
  readonly params: number;
  readonly macs: number;
}

export interface Trained {
  readonly code: string;
  /** By task; NaN where it was not trained. Higher is better. */
  readonly accuracies: readonly number[];
  readonly counted?: SourceCount;
}

function countsIn(file: DataFile): SourceCount[] {
  return linesOf(file).map((line) => {
    const [params = Number.NaN, macs = Number.NaN] = line.split(' ').map(Number);
    return { params, macs };
  });
}

const withCount = (code: string, accuracy: number, counted: SourceCount | undefined): Trained => ({
  code,
  accuracies: [accuracy],
  ...(counted === undefined ? {} : { counted }),
});

/** Networks of NAS-Bench-Macro: a line each, in the order of their codes in base 3. */
export function readMacro(): Trained[] {
  const counts = countsIn('nasbench_macro_counts.txt');
  return linesOf('nasbench_macro_acc.txt').map((line, i) =>
    withCount(i.toString(3).padStart(8, '0'), Number(line), counts[i]),
  );
}

export function readAccel(): Trained[] {
  const counts = countsIn('accel_nasbench_counts.txt');
  return linesOf('accel_nasbench.txt').map((line, i) => {
    const [code = '', accuracy = ''] = line.split(' ');
    return withCount(code, Number(accuracy), counts[i]);
  });
}

/** The tasks of TransNAS-Bench-101, and its networks with an accuracy for each. */
export function readTransnas(): { readonly tasks: readonly string[]; readonly networks: readonly Trained[] } {
  const [head = '', ...lines] = linesOf('transnas_macro.txt');
  const networks = lines.map((line) => {
    const [code = '', ...values] = line.split(' ');
    return { code, accuracies: values.map(Number) };
  });
  return { tasks: head.split(' ').slice(1), networks };
}
