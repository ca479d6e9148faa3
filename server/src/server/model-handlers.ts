import { fileURLToPath } from 'node:url';
import type { CancellationToken } from 'vscode-languageserver';
import { readSize } from '../language/size.ts';
import { abortOn } from './abort-on.ts';
import { refuseCancelled } from './in-turns.ts';
import { onRequest } from './messages.ts';
import type { ModelAnswer, ModelTask } from './model-answers.ts';
import { readModel } from './model-reader.ts';
import { IMPORT_MODEL_REQUEST, type ImportModelParams, INSPECT_MODEL_REQUEST, type ModelParams } from './protocol.ts';
import type { ServerContext } from './server.ts';

/** What is asked about models of other tools. */
export function registerModels({ connection }: ServerContext): void {
  onRequest(connection, INSPECT_MODEL_REQUEST, async (params: ModelParams, token) => {
    const { answer, sizeProblem } = await ask('inspect', params, token);
    if (answer.kind === 'model') return sizeProblem === undefined ? answer : { ...answer, sizeProblem };
    return answer.kind === 'fault' ? answer : WRONG_KIND;
  });
  onRequest(connection, IMPORT_MODEL_REQUEST, async (params: ImportModelParams, token) => {
    const { answer } = await ask('import', params, token);
    return answer.kind === 'model' ? WRONG_KIND : answer;
  });
}

async function ask(
  question: ModelTask['question'],
  { uri, size: typed, search }: ImportModelParams,
  token: CancellationToken,
): Promise<{ readonly answer: ModelAnswer; readonly sizeProblem?: string }> {
  const path = pathOf(uri);
  if (path === undefined) return { answer: { kind: 'fault', message: 'Only files on the disk can be read.' } };
  const size = typed === undefined ? undefined : readSize(typed);
  const task = { question, path, search: search === true, ...(size?.ok === true ? { size: size.value } : {}) };
  const answer = await readModel(task, abortOn(token));
  refuseCancelled(token);
  return size?.ok === false ? { answer, sizeProblem: size.message } : { answer };
}

function pathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

const WRONG_KIND = { kind: 'fault', message: 'The thread that reads models answered another question.' } as const;
