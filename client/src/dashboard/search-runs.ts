import * as vscode from 'vscode';
import {
  SEARCH_CONTROL_REQUEST,
  SEARCH_STARTED,
  type SearchAnswer,
  type SearchControlParams,
  type SearchStartedParams,
  type SearchSummary,
} from '../../../server/src/server/protocol.ts';
import type { LanguageServer } from '../language-server.ts';
import { onNotification, sendRequest } from '../messages.ts';
import type { History } from './history.ts';
import {
  type Begun,
  type DashboardEvent,
  type DashboardState,
  newRun,
  type Run,
  type RunStatus,
  reduce,
  sameSearch,
} from './state.ts';

/** While a search runs, what it found is written down this often, so that a crash loses little. */
const SAVE_MS = 3000;

/** The searches of this workspace, running and past. Owns the dashboard's state, whether or not anybody looks. */
export class SearchRuns implements vscode.Disposable {
  private readonly server: LanguageServer;
  private readonly history: History;
  private readonly emitter = new vscode.EventEmitter<DashboardEvent>();
  private readonly listener: vscode.Disposable;
  /** What is searched, and how it is cancelled, by run: from the request to its answer. */
  private readonly running = new Map<string, Begun & { readonly cancel: () => void }>();
  private current: DashboardState;
  private saved = 0;
  private count = 0;
  readonly onEvent = this.emitter.event;

  constructor(server: LanguageServer, history: History) {
    this.server = server;
    this.history = history;
    this.current = history.load(vscode.l10n.t('The window was closed while it ran.'));
    onNotification(server.client, SEARCH_STARTED, (about) => this.started(about));
    this.listener = server.onSearchProgress(({ run, message, fraction, population, ...now }) =>
      this.apply({ type: 'tick', id: run, message, fraction, population, now }),
    );
  }

  get state(): DashboardState {
    return this.current;
  }

  /** A name for a run that is about to begin. */
  begin(wanted: Omit<Begun, 'begun'>, cancel: () => void): string {
    this.count += 1;
    const id = `${Date.now().toString(36)}-${this.count}`;
    this.running.set(id, { ...wanted, begun: Date.now(), cancel });
    return id;
  }

  /** A run that has the answer already. */
  known(wanted: Omit<Begun, 'begun'>): Run | undefined {
    return sameSearch(this.current.runs, wanted);
  }

  /** The run's request was answered, or failed. */
  end(id: string, answer: SearchAnswer | undefined): void {
    this.running.delete(id);
    if (answer?.kind === 'found') {
      this.summary(id, answer.summary, answer.message, 1);
      this.status(id, 'done', answer.message);
    } else if (answer?.kind === 'failed') {
      this.status(id, 'failed', answer.message);
    } else {
      const message = vscode.l10n.t('Stopped before its end.');
      // Without an answer, as when the server went away, the last reported numbers stay.
      const fraction = this.current.runs.find((r) => r.id === id)?.fraction ?? 0;
      if (answer?.summary !== undefined) this.summary(id, answer.summary, message, fraction);
      this.status(id, 'stopped', message);
    }
    this.save();
  }

  async control(id: string, action: 'pause' | 'resume'): Promise<void> {
    const params: SearchControlParams = { run: id, action };
    if (!this.running.has(id)) return;
    const known = await sendRequest(this.server.client, SEARCH_CONTROL_REQUEST, params);
    if (!known || !this.running.has(id)) return;
    const message = this.current.runs.find((r) => r.id === id)?.message ?? '';
    this.status(id, action === 'pause' ? 'paused' : 'running', message);
  }

  /** Ends a search early; what it found until then stays. */
  stop(id: string): void {
    this.running.get(id)?.cancel();
  }

  /** Changes the state and tells everybody who shows it. */
  apply(event: DashboardEvent): void {
    this.current = reduce(this.current, event);
    this.emitter.fire(event);
    const quiet =
      event.type === 'diff' || event.type === 'file' || (event.type === 'tick' && Date.now() - this.saved < SAVE_MS);
    if (!quiet) this.save();
  }

  private started(about: SearchStartedParams): void {
    const begun = this.running.get(about.run);
    if (begun !== undefined) this.apply({ type: 'started', run: newRun(begun, about) });
  }

  /** The last numbers of a run: those of its answer, newer than what was reported last. */
  private summary(id: string, { front, ...now }: SearchSummary, message: string, fraction: number): void {
    this.apply({ type: 'tick', id, message, fraction, now, front });
  }

  private status(id: string, status: RunStatus, message: string): void {
    this.apply({ type: 'status', id, status, message });
  }

  private save(): void {
    this.saved = Date.now();
    void this.history.save(this.current);
  }

  dispose(): void {
    this.listener.dispose();
    this.emitter.dispose();
  }
}
