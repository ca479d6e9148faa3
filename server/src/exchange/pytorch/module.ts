import type { Backbone } from '../../backbone/backbone.ts';
import { lower } from '../../backbone/lower.ts';
import type { ExportOutcome } from '../export-format.ts';
import { type BlockClasses, blockClasses } from './block-classes.ts';
import { costsSaid, outputFacts } from './facts.ts';
import { HELPERS, helperSources } from './helpers.ts';
import { sourcesUsed } from './merges.ts';
import { className } from './names.ts';
import { type NetworkBody, networkBody } from './network.ts';
import { docstring, indent, lines } from './python.ts';

/** How a framework has a backbone: what its file begins with, its main class, and what stands behind that. */
export interface Framework {
  /** Imports beside those of PyTorch. */
  readonly imports: readonly string[];
  /** The name of the format, for the docstring. */
  readonly format: string;
  /** Names that its file imports, which no class may have. */
  readonly taken: readonly string[];
  readonly mainClass: (parts: MainParts) => string;
  /** Behind the main class. */
  readonly end?: (parts: MainParts) => string;
}

export interface MainParts extends NetworkBody {
  readonly name: string;
  readonly doc: string;
  /** Names, channels and strides. */
  readonly facts: string;
  /** How many outputs there are. */
  readonly outputs: number;
  readonly backbone: Backbone;
}

/** The text of a backbone's module, and what its class is called. */
export type ModuleText =
  | { readonly ok: true; readonly text: string; readonly name: string }
  | Extract<ExportOutcome, { ok: false }>;

const TAKEN = ['Merge', 'Resample', 'AsItIs', ...Object.keys(HELPERS)];

/** One file with a class for each kind of block that is used, and the backbone itself. */
export function moduleText(backbone: Backbone, framework: Framework): ModuleText {
  const network = lower(backbone);
  const taken = [...TAKEN, ...framework.taken];
  const blocks = blockClasses(network.groups, taken);
  if (!blocks.ok)
    return { ok: false, group: blocks.group, message: `PyTorch’s backbones have nothing for ${blocks.operator}.` };
  const merges = sourcesUsed(network.groups);
  const helpers = helperSources([...blocks.helpers, ...(merges.length > 0 ? (['ConvNormAct'] as const) : [])]);
  const name = className(backbone.name, new Set([...taken, ...blocks.names]));
  const body = networkBody(network, blocks, backbone.wiring === undefined);
  const doc = docstring(
    `The backbone ${backbone.name}: returns its feature maps as a tuple, in the order of \`names\`.`,
    costsSaid(backbone, network),
  );
  const main = { ...body, name, doc, facts: outputFacts(network), outputs: network.outputs.length, backbone };
  const head = lines(
    docstring(`The backbone ${backbone.name}, written by \`mae export --to ${framework.format}\`.`),
    '',
    imports(merges.length > 0, usesTorch(blocks, body), framework),
  );
  const end = framework.end?.(main);
  const pieces = [head, ...helpers, ...blocks.sources, ...merges, framework.mainClass(main), ...(end ? [end] : [])];
  return { ok: true, name, text: `${pieces.join('\n\n\n')}\n` };
}

const usesTorch = ({ sources, helpers }: BlockClasses, { run }: NetworkBody): boolean =>
  helpers.includes('ShuffleUnit') || [run, ...sources].some((text) => text.includes('torch.'));

const imports = (functional: boolean, torch: boolean, framework: Framework): string =>
  lines(
    (torch || framework.end !== undefined) && 'import torch',
    functional && 'import torch.nn.functional as F',
    'from torch import nn',
    framework.imports,
  );

/** The constructor's body and `forward`, indented as members of a class. */
export const member = (head: string, body: string): string => indent(lines(head, indent(body)));
