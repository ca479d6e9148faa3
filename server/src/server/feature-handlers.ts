import {
  type CancellationToken,
  type CompletionParams,
  ErrorCodes,
  type Range,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { nextTurn } from '../../../common/next-turn.ts';
import { codeActionParts } from '../features/code-actions.ts';
import { codeLenses, type LensCommands } from '../features/code-lenses.ts';
import { completion } from '../features/completion.ts';
import { deviceNamed } from '../features/devices.ts';
import { documentLinks } from '../features/document-links.ts';
import { foldingRanges } from '../features/folding.ts';
import { formatDocumentParts, formatRange } from '../features/formatting.ts';
import { hover } from '../features/hover.ts';
import { documentOf, inlayHints, resolveHint } from '../features/inlay-hints.ts';
import { formatOnType } from '../features/on-type-formatting.ts';
import type { FeatureOptions } from '../features/options.ts';
import { definition, documentHighlights, foreignSpace, references } from '../features/references.ts';
import { prepareRename, type RenameResult, rename } from '../features/rename.ts';
import { selectionRanges } from '../features/selection-ranges.ts';
import { semanticTokens } from '../features/semantic-tokens.ts';
import { signatureHelp } from '../features/signature-help.ts';
import type { Snapshot } from '../features/snapshot.ts';
import { documentSymbols } from '../features/symbols.ts';
import type { InParts } from '../language/in-parts.ts';
import { inTurns, refuseCancelled } from './in-turns.ts';
import { plainEdit } from './plain-edit.ts';
import { presetLocation } from './preset-spaces.ts';
import { CANCEL_MEASURE_COMMAND, MEASURE_COMMAND } from './protocol.ts';
import type { ServerContext } from './server.ts';
import type { MeasureRules } from './settings.ts';

interface Asks {
  readonly textDocument: { readonly uri: string };
}

/** Connects each editor feature to its request: the snapshot of the document and the settings in, the answer out. */
export function registerFeatures(context: ServerContext): void {
  const { connection, snapshots, settings, client, knowledge } = context;
  // Between two answers the server listens: what came in may say that the next one is no longer wanted.
  let turn: Promise<void> = Promise.resolve();
  const ownTurn = (): Promise<void> => {
    turn = turn.then(nextTurn);
    return turn;
  };
  const answer =
    <P extends Asks, R>(
      feature: (
        snapshot: Snapshot,
        params: P,
        options: FeatureOptions,
        work: <T>(parts: InParts<T>) => Promise<T>,
      ) => R | Promise<R>,
    ) =>
    async (params: P, token: CancellationToken): Promise<R | null> => {
      const { features } = await settings.get(params.textDocument.uri);
      await ownTurn();
      refuseCancelled(token);
      const snapshot = snapshots.get(params.textDocument.uri);
      return snapshot === undefined ? null : feature(snapshot, params, features, (parts) => inTurns(parts, token));
    };
  const suited = (edit: WorkspaceEdit): WorkspaceEdit => (client.versionedEdits ? edit : plainEdit(edit));
  const tokens = answer((s) => semanticTokens(s));
  const tokensIn = answer((s, { range }: Asks & { readonly range: Range }) => semanticTokens(s, range));
  connection.onHover(
    answer((s, { position }, options) => hover(s, position, knowledge, options, client.glossary) ?? null),
  );
  connection.onCompletion(
    answer(async (s, { position, context: asked }: CompletionParams, options) =>
      completion(s, position, options, {
        snippets: client.snippets,
        trigger: asked?.triggerCharacter,
        templates: await context.examples.templates(),
      }),
    ),
  );
  connection.onSignatureHelp(answer((s, { position }) => signatureHelp(s, position) ?? null));
  connection.languages.semanticTokens.on(async (params, token) => (await tokens(params, token)) ?? { data: [] });
  connection.languages.semanticTokens.onRange(async (params, token) => (await tokensIn(params, token)) ?? { data: [] });
  connection.onDocumentOnTypeFormatting(answer((s, { position }) => formatOnType(s, position)));
  connection.onDocumentFormatting(answer((s, _, __, work) => work(formatDocumentParts(s))));
  connection.onDocumentRangeFormatting(answer((s, { range }) => formatRange(s, range)));
  connection.onDocumentSymbol(answer((s) => documentSymbols(s)));
  connection.onDocumentLinks(answer((s) => documentLinks(s)));
  connection.onFoldingRanges(answer((s) => foldingRanges(s)));
  connection.onSelectionRanges(answer((s, { positions }) => selectionRanges(s, positions)));
  connection.onDefinition(
    answer(async (s, { position }) => {
      const preset = foreignSpace(s, position);
      const device = deviceNamed(s, position);
      if (device !== undefined) return context.host.profileLocation(s.document.uri, device) ?? null;
      return (preset === undefined ? definition(s, position) : await presetLocation(context.host, preset)) ?? null;
    }),
  );
  connection.onReferences(answer((s, { position, context }) => references(s, position, context.includeDeclaration)));
  connection.onDocumentHighlight(answer((s, { position }) => documentHighlights(s, position)));
  connection.onPrepareRename(answer((s, { position }) => prepareRename(s, position) ?? null));
  connection.onRenameRequest(answer((s, { position, newName }) => suited(renamed(rename(s, position, newName)))));
  const tooltips = client.resolvesTooltips ? 'on-demand' : 'now';
  connection.languages.inlayHint.on(
    answer((s, { range }, options) => inlayHints(s, range, options, knowledge, tooltips)),
  );
  connection.languages.inlayHint.resolve((hint) => {
    const uri = documentOf(hint);
    const snapshot = uri === undefined ? undefined : snapshots.get(uri);
    return snapshot === undefined ? hint : resolveHint(snapshot, hint, knowledge);
  });
  connection.onCodeLens(async (params, token) => {
    const { measure } = await settings.get(params.textDocument.uri);
    const commands = { runSearch: client.runSearchCommand, ...measureCommands(measure) };
    return answer((s, _, options) => codeLenses(s, options, commands, knowledge))(params, token);
  });
  connection.onCodeAction(
    answer(async (s, { range, context }, options, work) => {
      const actions = await work(
        codeActionParts(s, range, context, options, { makeProfile: client.makeProfileCommand }),
      );
      return actions
        .filter((action) => client.disabledActions || action.disabled === undefined)
        .map((action) => (action.edit === undefined ? action : { ...action, edit: suited(action.edit) }));
    }),
  );
}

function measureCommands({ when, limit, settings: { draws } }: MeasureRules): Pick<LensCommands, 'measure'> {
  if (when === 'off') return {};
  const commands = { start: MEASURE_COMMAND, cancel: CANCEL_MEASURE_COMMAND };
  return { measure: when === 'onSave' ? { ...commands, onSave: { draws, limit } } : commands };
}

/** A refusal is an error with a sentence for the person who renames. */
function renamed(result: RenameResult): WorkspaceEdit {
  if (result.ok) return result.edit;
  throw new ResponseError(ErrorCodes.InvalidParams, result.message);
}
