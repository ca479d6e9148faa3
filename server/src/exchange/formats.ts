import type { ExportFormat } from './export-format.ts';
import { MMDET } from './formats/mmdet.ts';
import { ONNX } from './formats/onnx.ts';
import { PYTORCH } from './formats/pytorch.ts';
import { TINYNAS } from './formats/tinynas.ts';

const registry = new Map<string, ExportFormat>();

/** Adds a format to the command line, the palette and the docs. */
export function registerFormat(format: ExportFormat): void {
  registry.set(format.name, format);
}

for (const format of [PYTORCH, MMDET, ONNX, TINYNAS]) registerFormat(format);

export const formatNamed = (name: string): ExportFormat | undefined => registry.get(name);

/** In the order in which menus show them. */
export const allFormats = (): readonly ExportFormat[] => [...registry.values()];
