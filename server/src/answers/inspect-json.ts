import type { Inspection } from '../exchange/onnx/inspect.ts';
import type { Recognised, Recognition } from '../exchange/onnx/recognise/recognise.ts';

/** `mae inspect --json`: a contract that other programs rely on. Counts are exact. */
export const inspectJson = (file: string, inspection: Inspection, recognised: Recognised) => ({
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
  backbone: recognised.ok ? backboneJson(recognised.value) : null,
});

const backboneJson = ({ exact, mae, differences }: Recognition) => ({ exact, mae, differences });
