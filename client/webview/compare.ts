import './localised.ts';
import './base.css';
import './compare.css';
import * as l10n from '@vscode/l10n';
import { type NoteAbout, notesAbout } from '../../common/comparison-notes.ts';
import type { ComparedDesign } from '../../server/src/server/protocol.ts';
import type { FromCompare, ToCompare } from '../src/compare/messages.ts';
import { comparedRows } from '../src/compare/rows.ts';
import { Announcer } from './announcer.ts';
import { Choice } from './compare-choice.ts';
import { CompareOptions } from './compare-options.ts';
import { comparisonTable } from './compare-table.ts';
import { el, replaceContent, setText } from './dom.ts';
import { connect } from './host.ts';

/** The page of the comparison: what is side by side, at which size, and one table of all numbers. */
const host = connect<FromCompare, ToCompare>(receive);
const announcer = new Announcer();
const choice = new Choice((message) => host.send(message));
const options = new CompareOptions((message) => host.send(message));
const estimator = el('p', { class: 'estimator' });
const result = el('div', { class: 'result' });
document
  .getElementById('app')
  ?.append(
    el('h1', {}, l10n.t('Compare backbones')),
    estimator,
    choice.element,
    options.element,
    result,
    announcer.element,
  );

function receive(message: ToCompare): void {
  const { uri, groups, shown } = message;
  host.keep({ uri });
  setText(estimator, l10n.t('Entropies: {0}, in nats.', message.estimator === 'exact' ? 'exact' : 'fan-in'));
  choice.show(message);
  const all = groups.flatMap(({ label, designs }) => designs.map((design) => ({ design, from: label })));
  // In the order in which they were chosen.
  const columns = shown.flatMap((id) => all.find(({ design }) => design.id === id) ?? []);
  const reference = Math.max(
    0,
    columns.findIndex(({ design }) => design.id === message.reference),
  );
  options.show(
    message,
    columns.map(({ design: { id, name }, from }) => ({ value: id, text: `${name} (${from})` })),
    columns[reference]?.design.id ?? '',
  );
  if (columns.length < 2) {
    replaceContent(result, el('p', {}, l10n.t('Choose two or more.')));
    return;
  }
  const designs = columns.map(({ design }) => design);
  const notes = notesAbout(designs).filter(({ code }) => message.evidence || code === 'inputs-differ');
  const first = designs[reference];
  const alike = notes.find(
    (note) => note.code === 'within-spread' && first !== undefined && note.designs.includes(first),
  );
  const names = columns.map(({ design: { name } }) => name).join(', ');
  replaceContent(
    result,
    ...notes.map((note) => el('p', { class: 'notice' }, noteText(note))),
    comparisonTable(
      names,
      columns.map(({ design: { name }, from }, index) => ({ name, from, isReference: index === reference })),
      comparedRows(designs, reference, message, alike?.designs),
    ),
  );
  announcer.progress(() => l10n.t('Compared: {0}.', names));
}

function noteText({ code, designs }: NoteAbout<ComparedDesign>): string {
  switch (code) {
    case 'inputs-differ':
      return l10n.t(
        'Their inputs differ, and with them their costs. Choose one input for all to compare the designs alone.',
      );
    case 'deepmad-squeezed':
      return l10n.t('DeepMAD’s scores do not compare between designs with and without squeeze-and-excitation.');
    case 'within-spread':
      return l10n.t(
        'The scores of {0} are equal as far as a measurement could tell: random weights scatter by more.',
        designs.map(({ name }) => name).join(', '),
      );
  }
}

host.send({ type: 'ready' });
