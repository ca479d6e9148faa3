import * as ast from '../language/generated/ast.ts';
import { startedDetector } from '../language/resolve.ts';
import { recovered } from '../language/span.ts';
import { partCalled, valuesTried, variantCount } from '../language/vary.ts';
import { SEARCH_WORDS } from '../language/word-docs.ts';
import { deviceCosts } from './device-costs.ts';
import type { GlossaryAddress } from './glossary.ts';
import { partArgumentHover, partHover } from './hover-detector.ts';
import { wordHover } from './hover-words.ts';
import { paragraphs } from './markdown.ts';
import type { Snapshot } from './snapshot.ts';

/** `vary` with how many combinations it means, a part with its numbers, and an argument with the values that are tried. */
export function varyHover(
  snapshot: Snapshot,
  node: ast.VarySetting | ast.VaryUse,
  word: string,
  glossary: GlossaryAddress,
): string | undefined {
  const setting = ast.isVaryUse(node) ? node.$container : node;
  const search = snapshot.design.searches.find((own) => own.varyNode === setting);
  const source = search && startedDetector(search, snapshot.design);
  const detector = snapshot.detectors.find((own) => own.source === source);
  if (!ast.isVaryUse(node)) {
    if (word !== 'vary') return undefined;
    const count = search === undefined || source === undefined ? 1 : variantCount(source, search.vary);
    return paragraphs(
      wordHover('vary', SEARCH_WORDS.vary, glossary),
      count < 2 ? undefined : `Here ${count} combinations, with the one that is written.`,
      'The score is the backbone’s: it says nothing of what a lighter neck or head loses.',
    );
  }
  const { part = '', argument } = recovered(node);
  const called = source && partCalled(source, part);
  if (detector === undefined || called === undefined) return undefined;
  if (word === part) return partHover(detector, called.node, glossary, deviceCosts(snapshot.design));
  if (word !== argument) return undefined;
  const values = valuesTried(detector.source, { part, argument });
  return paragraphs(
    partArgumentHover(called.node, argument, glossary),
    values.length === 0 ? undefined : `Tried: ${values.join(', ')}.`,
  );
}
