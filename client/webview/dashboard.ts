import './localised.ts';
import './base.css';
import './dashboard.css';
import './drawing.css';
import * as l10n from '@vscode/l10n';
import { percent } from '../../common/numbers.ts';
import { reachedText } from '../src/dashboard/aim.ts';
import { fileLabels } from '../src/dashboard/file-label.ts';
import type { FromDashboard, ToDashboard } from '../src/dashboard/messages.ts';
import { type DashboardEvent, type DashboardState, EMPTY, reduce, shownRun } from '../src/dashboard/state.ts';
import { Announcer } from './announcer.ts';
import { DesignView } from './design-view.ts';
import { EmptyView } from './empty-view.ts';
import { HistoryView } from './history-view.ts';
import { connect } from './host.ts';
import { RunView, statusWord } from './run-view.ts';

/** The page: gets the state, puts events through the same reducer as the extension, and draws what came out. */
const host = connect<FromDashboard, ToDashboard>(receive);
const announcer = new Announcer();
const run = new RunView(host.send);
const design = new DesignView(host.send);
const history = new HistoryView(host.send);
const empty = new EmptyView(host.send);
let state: DashboardState = EMPTY;
let frame = 0;

const app = document.getElementById('app');
app?.append(empty.element, run.element, design.element, history.element, announcer.element);

function receive(message: ToDashboard): void {
  if (message.type === 'say') announcer.say(message.text);
  else if (message.type === 'snapshot') state = message.state;
  else {
    state = reduce(state, message.event);
    announce(message.event);
  }
  // Several events between two frames are drawn once.
  if (frame === 0) frame = requestAnimationFrame(draw);
}

function draw(): void {
  frame = 0;
  const shown = shownRun(state);
  const { file, runs } = state;
  const nameOf = (uri: string): string => fileLabels([uri, ...runs.map((r) => r.uri)]).get(uri) ?? uri;
  for (const element of [run.element, design.element]) element.hidden = shown === undefined;
  history.element.hidden = runs.length === 0;
  history.update(state);
  empty.element.hidden = shown !== undefined;
  if (shown === undefined) empty.update(file, file === undefined ? undefined : nameOf(file));
  else {
    run.update(shown, nameOf(shown.uri), state.changed);
    design.update(shown, state);
  }
}

function announce(event: DashboardEvent): void {
  const shown = shownRun(state);
  if (shown === undefined || !('id' in event) || event.id !== shown.id) return;
  const score = reachedText(shown);
  if (event.type === 'status') announcer.say(l10n.t('{0}. Score {1}.', statusWord(shown.status), score));
  if (event.type === 'tick') announcer.progress(() => l10n.t('Score {0}, {1} done.', score, percent(shown.fraction)));
}

// VS Code brings back only pages that kept something.
host.keep({});
host.send({ type: 'ready' });
