import './localised.ts';
import './base.css';
import './sorted.css';
import './drawing.css';
import './model.css';
import * as l10n from '@vscode/l10n';
import type { FromModel, ToModel } from '../src/model/messages.ts';
import type { LayerView } from '../src/model/rows.ts';
import { Announcer } from './announcer.ts';
import { button, el, replaceContent } from './dom.ts';
import { connect } from './host.ts';
import { ModelLayers } from './model-layers.ts';
import { ModelSize } from './model-size.ts';
import { modelStages, modelSummary, modelUnknown } from './model-summary.ts';

/** So long after the last movement the place is told (ms). */
const SCROLLED_MS = 100;

/** The page of a model: draws what the extension sends, and tells it how the layers are looked at. */
const host = connect<FromModel, ToModel>(receive);
const announcer = new Announcer();
/** Undefined as long as nothing was drawn: then the page begins as it was left. */
let view: LayerView | undefined;

const title = el('h1', {}, '…');
const content = el('div', {}, el('p', {}, l10n.t('Reading the model…')));
const summary = el('div');
const stages = el('div');
const unknown = el('div');
const sizes = new ModelSize((wanted) => host.send({ type: 'size', ...(wanted === undefined ? {} : { size: wanted }) }));
const layers = new ModelLayers({
  changed: (changed) => {
    view = changed;
    tell();
  },
  say: (text) => announcer.say(text),
  copy: (text, said) => {
    host.send({ type: 'copy', text, said });
    announcer.say(said);
  },
});
const improve = button('improve', l10n.t('Find a Better Backbone at This Cost'), () => host.send({ type: 'improve' }));
const justImport = button('import', l10n.t('Import as .mae'), () => host.send({ type: 'import' }));
justImport.classList.add('secondary');
const actions = el('div', { class: 'actions' }, improve, justImport, sizes.element);

document.getElementById('app')?.append(title, content, announcer.element);

function receive(message: ToModel): void {
  title.textContent = message.file;
  if (message.type === 'fault') {
    const place = message.offset === undefined ? '' : ` ${l10n.t('(byte {0})', message.offset)}`;
    const retry = button('retry', l10n.t('Try Again'), () => host.send({ type: 'retry' }));
    replaceContent(content, el('p', { class: 'notice', role: 'alert' }, `${message.message}${place}`), retry);
    return;
  }
  const { model, page, sizeProblem } = message;
  replaceContent(summary, ...modelSummary(model));
  replaceContent(stages, ...modelStages(model));
  replaceContent(unknown, ...modelUnknown(model));
  sizes.show(model, page.size, sizeProblem);
  // What stands in the page stays there, with the keyboard and all.
  if (!content.contains(summary)) replaceContent(content, summary, actions, stages, unknown, layers.element);
  if (view !== undefined) {
    layers.show(model);
    return;
  }
  view = page.view;
  layers.show(model, view);
  window.scrollTo(0, page.top);
}

let scrolled: ReturnType<typeof setTimeout> | undefined;
window.addEventListener('scroll', () => {
  clearTimeout(scrolled);
  scrolled = setTimeout(tell, SCROLLED_MS);
});

function tell(): void {
  if (view !== undefined) host.send({ type: 'looked', view, top: window.scrollY });
}

host.send({ type: 'ready' });
