import './localised.ts';
import './base.css';
import './sorted.css';
import './numbers.css';
import * as l10n from '@vscode/l10n';
import type { NumbersBackbone } from '../../server/src/server/protocol.ts';
import type { FromNumbers, ToNumbers } from '../src/numbers/messages.ts';
import { tableOf } from '../src/numbers/rows.ts';
import { FILE_ORDER, type Sort } from '../src/webviews/sort.ts';
import { Announcer } from './announcer.ts';
import { button, el, replaceContent } from './dom.ts';
import { connect } from './host.ts';
import { RowKeys } from './numbers-keys.ts';
import { numbersTable } from './numbers-table.ts';

/** The page of the numbers: a table for each backbone, with the cursor's group marked. */
const host = connect<FromNumbers, ToNumbers>(receive);
const announcer = new Announcer();
const content = el('div');
const rows = new RowKeys(content, (line) => host.send({ type: 'reveal', line }));
let line = -1;
let sortedBy: Sort | undefined;

document.getElementById('app')?.append(content, announcer.element);

function receive(message: ToNumbers): void {
  if (message.type === 'cursor') {
    line = message.line;
    rows.mark(line);
  } else if (message.type === 'nothing') {
    replaceContent(content, el('p', {}, l10n.t('Open a .mae file to see its numbers.')));
  } else show(message);
}

function show({ file, backbones, saved, sort }: Extract<ToNumbers, { readonly type: 'numbers' }>): void {
  const none = el('p', {}, l10n.t('This file has no backbone whose numbers can be read.'));
  const sections = backbones.map((backbone) =>
    section(
      backbone,
      saved.find(({ name }) => name === backbone.name),
      sort,
    ),
  );
  replaceContent(
    content,
    el('h1', { class: 'hidden-text' }, l10n.t('Numbers of {0}', file)),
    ...(sections.length === 0 ? [none] : sections),
    button('words', l10n.t('What the words mean'), () => host.send({ type: 'glossary' })),
  );
  rows.mark(line);
  if (sort?.column !== sortedBy?.column || sort?.descending !== sortedBy?.descending) announcer.say(orderText(sort));
  sortedBy = sort;
}

function section(backbone: NumbersBackbone, saved: NumbersBackbone | undefined, sort: Sort | undefined): HTMLElement {
  const { name, input, fresh } = backbone;
  const id = `backbone-${name}`;
  const at = l10n.t('{0}, input {1}', name, `${input.channels}×${input.height}×${input.width}`);
  const stale = el(
    'p',
    { class: 'notice' },
    l10n.t('Not all of this can be read: these are its numbers as far as it can be.'),
  );
  return el(
    'section',
    { 'aria-labelledby': id, class: fresh ? undefined : 'stale' },
    el('h2', { id }, at),
    fresh ? undefined : stale,
    numbersTable(name, tableOf(backbone, saved, sort), sort, (column) => host.send({ type: 'sort', column })),
  );
}

const orderText = (sort: Sort | undefined): string => {
  if (sort === undefined || sort.column === FILE_ORDER) return l10n.t('In the order of the file.');
  return sort.descending ? l10n.t('The largest first.') : l10n.t('The smallest first.');
};

host.send({ type: 'ready' });
