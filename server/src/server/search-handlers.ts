import { type CancellationToken, ErrorCodes, MessageType, ResponseError } from 'vscode-languageserver';
import { textEdits } from '../features/edit-action.ts';
import { searchAdvice } from '../features/search-offers.ts';
import { meantRunnables } from '../features/search-targets.ts';
import { rangeOf } from '../features/snapshot.ts';
import type { Scorer } from '../search/measured/scorer.ts';
import type { SearchTask } from '../search/task.ts';
import { abortOn } from './abort-on.ts';
import type { CommandHandler } from './commands.ts';
import { type Gate, Gates } from './gate.ts';
import { stillWanted } from './in-turns.ts';
import type { Measures } from './measures.ts';
import { onRequest, sendNotification } from './messages.ts';
import { plainEdit } from './plain-edit.ts';
import {
  DESIGN_EDIT_REQUEST,
  type DesignEditParams,
  isSearchTargetKind,
  RUN_SEARCH_COMMAND,
  SEARCH_ADVICE_REQUEST,
  SEARCH_CONTROL_REQUEST,
  SEARCH_PROGRESS,
  SEARCH_REQUEST,
  SEARCH_STARTED,
  SEARCH_TARGETS_REQUEST,
  type SearchAnswer,
  type SearchControlParams,
  type SearchParams,
  type SearchTargetKind,
  type SearchTargetsAnswer,
  type SearchTargetsParams,
} from './protocol.ts';
import { searchSnapshot } from './search-session.ts';
import type { ServerContext } from './server.ts';
import type { MeasureRules } from './settings.ts';

/** Searches for our own client by `mae/search`, and for every other editor by `workspace/executeCommand`. */
export function registerSearch(context: ServerContext): Readonly<Record<string, CommandHandler>> {
  const { connection, snapshots, settings, certificates, designs, measuring, host } = context;
  const gates = new Gates();
  onRequest(
    connection,
    SEARCH_TARGETS_REQUEST,
    async ({ uri }: SearchTargetsParams, token): Promise<SearchTargetsAnswer> => {
      await stillWanted(token);
      const snapshot = snapshots.get(uri);
      return snapshot === undefined ? [] : meantRunnables(snapshot);
    },
  );
  onRequest(connection, SEARCH_ADVICE_REQUEST, async ({ uri }: SearchTargetsParams, token) => {
    const { features } = await settings.get(uri);
    await stillWanted(token);
    const snapshot = snapshots.get(uri);
    if (snapshot === undefined) return null;
    const { reason, error, offers } = searchAdvice(snapshot, features);
    return {
      version: snapshot.document.version,
      reason,
      ...(error === undefined ? {} : { error: { message: error.message, range: rangeOf(snapshot, error.span) } }),
      offers: offers.map((offer) => ({ ...offer, edits: textEdits(snapshot, offer.edits) })),
    };
  });
  onRequest(connection, DESIGN_EDIT_REQUEST, async ({ uri, ...design }: DesignEditParams, token) => {
    await stillWanted(token);
    const snapshot = snapshots.get(uri);
    return snapshot === undefined ? { kind: 'gone' } : designs.editOf(snapshot, design);
  });
  onRequest(connection, SEARCH_REQUEST, async (params: SearchParams, token) => {
    const { uri, version, target, run, pareto = [], seed, prove, check } = params;
    const snapshot = snapshots.get(uri);
    if (snapshot === undefined) return { kind: 'failed', message: 'The file is not open.' };
    if (snapshot.document.version !== version) {
      return { kind: 'failed', message: 'The file changed before the search began: run it again.' };
    }
    const { searchWorkers, measure } = await settings.get(uri);
    const work = (gate: Gate): Promise<SearchAnswer> =>
      searchSnapshot(snapshot, target, {
        workers: searchWorkers,
        host,
        signal: abortOn(token),
        scorerFor: (task) => scorerOr(measuring, measure, task),
        gate,
        pareto,
        ...(seed === undefined ? {} : { seed }),
        ...(prove === undefined ? {} : { prove }),
        ...(check === undefined ? {} : { check }),
        onStart: (task) => {
          sendNotification(connection, SEARCH_STARTED, { run, ...task });
        },
        onTick: (tick) => {
          sendNotification(connection, SEARCH_PROGRESS, { run, ...tick });
        },
        keep: (design) => designs.keep(design),
        onResult: (task, result) => certificates.remember(task, result),
      });
    return whileBusy(context, () => gates.during(run, work));
  });
  onRequest(connection, SEARCH_CONTROL_REQUEST, ({ run, action }: SearchControlParams) => gates.control(run, action));
  return { [RUN_SEARCH_COMMAND]: (argument, token) => runForAnyEditor(context, argument, token) };
}

const scorerOr = (measuring: Measures, rules: MeasureRules, task: SearchTask): Scorer | string =>
  rules.when === 'off'
    ? 'The objective zen-measured measures every design, and measuring is switched off by the setting mae-det.measure.when.'
    : measuring.scorer(rules, task);

async function whileBusy({ status }: ServerContext, work: () => Promise<SearchAnswer>): Promise<SearchAnswer> {
  status.set('search', { health: 'busy', message: 'Searching' });
  try {
    return await work();
  } finally {
    status.set('search', undefined);
  }
}

interface CommandArgument {
  readonly uri: string;
  readonly kind: SearchTargetKind;
  readonly id: string;
}

function isCommandArgument(value: unknown): value is CommandArgument {
  if (typeof value !== 'object' || value === null || !('uri' in value && 'kind' in value && 'id' in value))
    return false;
  return typeof value.uri === 'string' && typeof value.id === 'string' && isSearchTargetKind(value.kind);
}

/** The whole loop by the protocol alone: progress by work-done tokens, the edit by `workspace/applyEdit`. */
async function runForAnyEditor(context: ServerContext, argument: unknown, token: CancellationToken): Promise<void> {
  const { connection, snapshots, settings, client, certificates, designs, measuring } = context;
  const say = (type: MessageType, message: string): Promise<void> =>
    connection.sendNotification('window/showMessage', { type, message });
  if (!isCommandArgument(argument)) {
    throw new ResponseError(
      ErrorCodes.InvalidParams,
      `${RUN_SEARCH_COMMAND} takes {uri, kind, id}, as the code lens sends it.`,
    );
  }
  const snapshot = snapshots.get(argument.uri);
  if (snapshot === undefined) return say(MessageType.Error, 'The file is not open.');
  const { searchWorkers, measure } = await settings.get(argument.uri);
  const progress = client.workDoneProgress ? await connection.window.createWorkDoneProgress() : undefined;
  progress?.begin('MAE-DET search', 0, undefined, true);
  const answer = await whileBusy(context, () =>
    searchSnapshot(snapshot, argument, {
      workers: searchWorkers,
      host: context.host,
      signal: abortOn(token, progress?.token),
      scorerFor: (task) => scorerOr(measuring, measure, task),
      onTick: ({ fraction, message }) => progress?.report(Math.round(fraction * 100), message),
      keep: (design) => designs.keep(design),
      onResult: (task, result) => certificates.remember(task, result),
    }),
  ).finally(() => progress?.done());
  if (answer.kind === 'cancelled') return;
  if (answer.kind === 'failed') {
    const where = answer.range === undefined ? '' : ` (line ${answer.range.start.line + 1})`;
    return say(MessageType.Error, `${answer.message}${where}`);
  }
  const { uri, version } = snapshot.document;
  const documentChanges = [{ textDocument: { uri, version }, edits: [...answer.edits] }];
  const edit = client.versionedEdits ? { documentChanges } : plainEdit({ documentChanges });
  const unchanged = snapshots.get(uri)?.document.version === version;
  const applied = unchanged && (await connection.workspace.applyEdit({ label: 'MAE-DET search', edit })).applied;
  if (applied) return say(MessageType.Info, answer.message);
  return say(
    MessageType.Warning,
    `The file changed while the search ran, so nothing was written. It found: ${answer.message}`,
  );
}
