import type { Backbone } from '../../backbone/backbone.ts';
import { readDesign } from '../../language/design.ts';
import type { Kit, KitContent, KitModel } from './kit.ts';
import { kitNetworkModel, kitOperationModel } from './kit-models.ts';
import { KIT_NETWORKS } from './kit-networks.ts';
import { kitOperations } from './kit-operations.ts';
import { kitReadme } from './kit-readme.ts';
import { RUN_PYTHON } from './run-python.ts';
import { RUN_SHELL } from './run-shell.ts';

/** One file of a kit, by its path in the folder; made when it is written. */
export interface KitFile {
  readonly path: string;
  readonly content: () => KitContent;
}

/** The backbone that a network of a kit is. */
export function kitBackbone(text: string): Backbone {
  const [backbone] = readDesign(text).backbones;
  if (backbone?.backbone === undefined) throw new Error(`a network of the kit cannot be read: ${text}`);
  return backbone.backbone;
}

/** All that another device needs to be profiled without us: small models, a list of them, and what times them there. */
export function kitFiles(): readonly KitFile[] {
  const operations = kitOperations();
  const digits = String(operations.length).length;
  const models: KitModel[] = [
    ...KIT_NETWORKS.map(({ text, calibrates }): KitModel => {
      const file = `models/network_${kitBackbone(text).name}.onnx`;
      return { kind: 'network', file, text, calibrates };
    }),
    ...operations.map((operation, index): KitModel => {
      const file = `models/${String(index + 1).padStart(digits, '0')}_${operation.op}.onnx`;
      return { kind: 'operator', file, operation };
    }),
  ];
  const [first] = models;
  const kit: Kit = { format: 'maekit', version: 1, reference: first?.file ?? '', models };
  return [
    { path: 'README.md', content: () => kitReadme(kit) },
    { path: 'kit.json', content: () => kitText(kit) },
    { path: 'shapes.csv', content: () => shapesText(models) },
    { path: 'run.py', content: () => RUN_PYTHON },
    { path: 'run.sh', content: () => RUN_SHELL },
    ...models.map((model) => ({
      path: model.file,
      content: () =>
        model.kind === 'network' ? kitNetworkModel(kitBackbone(model.text)) : kitOperationModel(model.operation),
    })),
  ];
}

/** One model a line, so that scripts without JSON find the reference, and people what they look for. */
function kitText({ models, ...head }: Kit): string {
  const about = Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`);
  const lines = models.map((model) => `    ${JSON.stringify(model)}`);
  return `{\n${about.join('\n')}\n  "models": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

/** `file,channels,height,width` of what each model reads, in the order in which they are timed. */
const shapesText = (models: readonly KitModel[]): string =>
  `${models.map((model) => [model.file, ...inputOf(model)].join(',')).join('\n')}\n`;

function inputOf(model: KitModel): readonly number[] {
  if (model.kind === 'operator') return [model.operation.in, model.operation.height, model.operation.width];
  const { channels, height, width } = kitBackbone(model.text).input;
  return [channels, height, width];
}
