import type { Inspection } from '../exchange/onnx/inspect.ts';

/** `mae inspect --json`: a contract that other programs rely on. Counts are exact. */
export const inspectJson = (file: string, inspection: Inspection) => ({
  file,
  producer: inspection.producer,
  opset: inspection.opset,
  inputs: inspection.inputs.map(({ name, shape }) => ({ name, shape })),
  macs: inspection.macs,
  params: inspection.params,
  convolutions: inspection.convolutions,
  operators: Object.fromEntries(inspection.operators),
  stages: inspection.stages,
  unknown: inspection.unknown,
  // What the network would be as a .mae text, once models are imported.
  backbone: null,
});
