import './localised.ts';
import './base.css';
import './drawing.css';
import './picture.css';
import * as l10n from '@vscode/l10n';
import { milliseconds, nats, percent, si, signed } from '../../common/numbers.ts';
import { titleOf } from '../../drawing/parts.ts';
import type { PictureBackbone } from '../../server/src/server/protocol.ts';
import type { FromPicture, ToPicture } from '../src/picture/messages.ts';
import { Announcer } from './announcer.ts';
import { button, el, replaceContent, table } from './dom.ts';
import { FittedDrawing } from './fitted-drawing.ts';
import { connect } from './host.ts';
import { legend } from './picture-legend.ts';
import { Zoom } from './zoom.ts';

/** The page of the picture: draws what the extension sends, marks the cursor's group, and says what was pressed. */
const host = connect<FromPicture, ToPicture>(receive);
const announcer = new Announcer();
const title = el('h1', {}, l10n.t('Architecture'));
const key = el('ul', { class: 'key', 'aria-label': l10n.t('How to read the picture') });
const pictures = el('div');
const zoom = new Zoom(pictures, (factor) => {
  for (const drawing of drawings) drawing.zoom(factor);
});
let drawings: readonly FittedDrawing[] = [];
const opened = new Set<string>();
let line = -1;

document.getElementById('app')?.append(title, key, zoom.element, pictures, announcer.element);

function receive(message: ToPicture): void {
  if (message.type === 'say') announcer.say(message.text);
  else if (message.type === 'cursor') mark(message.line);
  else {
    host.keep({ uri: message.uri });
    title.textContent = l10n.t('Architecture of {0}', message.file);
    const none = el('p', {}, l10n.t('This file has no backbone whose numbers can be read.'));
    key.replaceChildren(...legend(message.backbones));
    // A drawing outlives the change of its text: its place is measured only once.
    const shown = message.backbones.map((backbone, index) => ({ backbone, drawing: drawings[index] ?? newDrawing() }));
    drawings = shown.map(({ drawing }) => drawing);
    for (const { backbone, drawing } of shown) drawing.show(backbone, pictures.clientWidth);
    const sections = shown.map(({ backbone, drawing }) => section(backbone, drawing.element));
    replaceContent(pictures, ...(sections.length === 0 ? [none] : sections));
    mark(line);
  }
}

function newDrawing(): FittedDrawing {
  const drawing: FittedDrawing = new FittedDrawing({}, true, () => {
    listen(drawing.element);
    mark(line);
  });
  drawing.zoom(zoom.factor);
  return drawing;
}

function section(backbone: PictureBackbone, drawing: HTMLElement): HTMLElement {
  const id = `backbone-${backbone.name}`;
  const stale = backbone.fresh
    ? undefined
    : el('p', {}, l10n.t('Not all of this can be read: these are its numbers as far as it can be.'));
  const save = button(
    `export-${backbone.name}`,
    l10n.t('Export as SVG'),
    () => host.send({ type: 'export', backbone: backbone.name }),
    l10n.t('Export as SVG: {0}', backbone.name),
  );
  const part = el('section', { 'aria-labelledby': id });
  part.append(el('h2', { id }, titleOf(backbone)), ...(stale === undefined ? [] : [stale]));
  part.append(drawing, save, twin(backbone));
  return part;
}

/** The same as a table, with the lines to go to. */
function twin(backbone: PictureBackbone): HTMLElement {
  const { name, costName, groups, stages, devices = [] } = backbone;
  const head = [
    l10n.t('Group'),
    l10n.t('Stage'),
    l10n.t('Blocks'),
    l10n.t('Shape'),
    l10n.t('Cost ({0})', costName),
    l10n.t('Share'),
    ...devices.map((device) => l10n.t('on {0}', device.name)),
    l10n.t('Entropy'),
    l10n.t('Added'),
    l10n.t('Line'),
  ];
  const rows = groups.map((g, index) => [
    g.part === undefined ? `${g.block} ${g.kernel}×${g.kernel}` : g.block,
    stages[g.stage]?.name ?? g.place,
    String(g.depth),
    `${g.channels}×${g.height}×${g.width}`,
    si(g.cost),
    percent(g.costShare),
    ...(g.times ?? []).map((ms) => milliseconds(ms)),
    g.entropy === undefined ? '' : nats(g.entropy),
    g.gain === undefined ? '' : signed(g.gain),
    button(`line-${name}-${index}`, String(g.from + 1), () => reveal(g.from), l10n.t('Go to line {0}', g.from + 1)),
  ]);
  const summary = el('summary', { id: `table-${name}` }, l10n.t('Show as a table'));
  const details = el(
    'details',
    {},
    summary,
    el('div', { class: 'scrolls' }, table(l10n.t('Groups of {0}', name), head, rows)),
  );
  // The picture is drawn anew at every change of the text; what was open stays open.
  details.open = opened.has(name);
  details.addEventListener('toggle', () => (details.open ? opened.add(name) : opened.delete(name)));
  return details;
}

const reveal = (to: number): void => host.send({ type: 'reveal', line: to });

/** Pressing a group, by mouse or keyboard, goes to its line. */
function listen(drawing: HTMLElement): void {
  for (const group of drawing.querySelectorAll<SVGElement>('.group')) {
    const from = Number(group.dataset['from']);
    // A detector draws its backbone once more.
    const id = `group-${from}`;
    if (document.getElementById(id) === null) group.id = id;
    group.addEventListener('click', () => reveal(from));
    group.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      reveal(from);
    });
  }
}

/** Marks the groups of the cursor's line, and brings the first into view. */
function mark(at: number): void {
  line = at;
  const groups = [...pictures.querySelectorAll('.group')];
  const current = groups.filter(
    (g) => Number(g.getAttribute('data-from')) <= at && at <= Number(g.getAttribute('data-to')),
  );
  for (const group of groups) {
    group.classList.toggle('current', current.includes(group));
    if (current.includes(group)) group.setAttribute('aria-current', 'true');
    else group.removeAttribute('aria-current');
  }
  current[0]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

host.send({ type: 'ready' });
