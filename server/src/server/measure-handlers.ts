import { ErrorCodes, MessageType, ResponseError, type TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { doctorText } from '../measure/doctor-report.ts';
import { abortOn } from './abort-on.ts';
import type { CommandHandler } from './commands.ts';
import { onNotification, onRequest } from './messages.ts';
import { CANCEL_MEASURE_COMMAND, DOCTOR_REQUEST, MEASURE_COMMAND, WORKSPACE_TRUSTED } from './protocol.ts';
import type { ServerContext } from './server.ts';

/** Measures on save, and gives the commands that measure now, cancel, and examine the backends. */
export function registerMeasuring(
  context: ServerContext,
  documents: TextDocuments<TextDocument>,
): Readonly<Record<string, CommandHandler>> {
  const { connection, snapshots, settings, measuring, codeFolders } = context;
  documents.onDidSave(({ document }) =>
    measuring.cancellable(async (signal) => {
      const { measure } = await settings.get(document.uri);
      const snapshot = snapshots.get(document.uri);
      if (measure.when !== 'onSave' || snapshot === undefined) return;
      const small = snapshot.backbones.filter(
        (b) => (b.analysis?.costs.macs ?? 0) * measure.settings.draws <= measure.limit,
      );
      for (const backbone of small) await measuring.measure(snapshot, measure, signal, backbone.source.name);
    }),
  );
  onRequest(connection, DOCTOR_REQUEST, async (_, token) => {
    const { measure } = await settings.get('');
    const report = await measuring.doctor(measure, abortOn(token));
    if (report.ok) return { text: [doctorText(report.value), codeFolders.note ?? []].flat().join('\n') };
    return { text: `The backends could not be examined: ${report.failure.message} ${report.failure.nextStep}`.trim() };
  });
  onNotification(connection, WORKSPACE_TRUSTED, () => {
    codeFolders.trust();
    measuring.forgetBackends();
  });
  return {
    [MEASURE_COMMAND]: (argument, token) =>
      measuring.cancellable(async (ended) => {
        const signal = AbortSignal.any([ended, abortOn(token)]);
        const { uri, backbone } = readArgument(argument);
        const snapshot = snapshots.get(uri);
        const say = (message: string) =>
          connection.sendNotification('window/showMessage', { type: MessageType.Error, message });
        if (snapshot === undefined) return say('The file is not open.');
        const { measure } = await settings.get(uri);
        if (measure.when === 'off') return say('Measuring is switched off by the setting mae-det.measure.when.');
        const failures = await measuring.measure(snapshot, measure, signal, backbone);
        for (const { message, nextStep } of failures.slice(0, 1)) await say(`${message} ${nextStep}`.trim());
      }),
    [CANCEL_MEASURE_COMMAND]: async () => measuring.cancel(),
  };
}

function readArgument(argument: unknown): { readonly uri: string; readonly backbone?: string } {
  if (typeof argument === 'object' && argument !== null && 'uri' in argument && typeof argument.uri === 'string') {
    const backbone = 'backbone' in argument && typeof argument.backbone === 'string' ? argument.backbone : undefined;
    return { uri: argument.uri, ...(backbone === undefined ? {} : { backbone }) };
  }
  throw new ResponseError(
    ErrorCodes.InvalidParams,
    `${MEASURE_COMMAND} takes {uri, backbone?}, as the code lens sends it.`,
  );
}
