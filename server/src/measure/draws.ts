import { nextTurn } from '../../../common/next-turn.ts';
import { type EntropyPass, measuresZen, type OpenedBackend } from './backends/backend.ts';
import { failed, type Outcome, thrownText } from './failure.ts';
import { Cancelled, type Continue, measurePass } from './forward.ts';
import type { MeasureRequest } from './messages.ts';
import { isLine, largestTensorBytes, type Plan, planBytes } from './plan.ts';
import { zenPass } from './zen.ts';

/** One piece of work: a draw of the entropy or of the Zen-Score of one request. */
export interface DrawTask {
  /** Place of the request among those that are measured together. */
  readonly request: number;
  readonly what: 'entropy' | 'zen';
  readonly draw: number;
}

export interface Draws {
  /** Σ log γ by draw and stage. */
  readonly draws: number[][];
  readonly zen: number[];
}

export const tasksOf = (requests: readonly MeasureRequest[]): DrawTask[] =>
  requests.flatMap(({ draws, zenDraws }, request) => [
    ...Array.from({ length: draws }, (_, draw): DrawTask => ({ request, what: 'entropy', draw })),
    ...Array.from({ length: zenDraws }, (_, draw): DrawTask => ({ request, what: 'zen', draw })),
  ]);

export const noDraws = (requests: readonly MeasureRequest[]): Draws[] => requests.map(() => ({ draws: [], zen: [] }));

/** Runs one draw, on tfjs's current backend unless a pass is given. An entropy has a value per stage, a Zen-Score one. */
export async function runTask(
  task: Omit<DrawTask, 'request'>,
  request: MeasureRequest,
  goOn: Continue,
  pass: EntropyPass = measurePass,
): Promise<number[]> {
  const { plan, activation, seed, batch, zenBatch } = request;
  if (task.what === 'zen') return [await zenPass(plan, { batch: zenBatch, seed, draw: task.draw }, goOn)];
  return pass(plan, { activation, batch, seed, draw: task.draw }, goOn);
}

/** Puts values where they belong, whatever the order in which the draws end. */
export function collect(results: readonly Draws[], task: DrawTask, values: readonly number[]): void {
  const into = results[task.request];
  if (into === undefined) return;
  if (task.what === 'entropy') into.draws[task.draw] = [...values];
  else into.zen[task.draw] = values[0] ?? Number.NaN;
}

/** Why a draw failed, as a value. */
export function drawFailure(thrown: unknown): Outcome<never> {
  if (thrown instanceof Cancelled) return failed('cancelled', 'The measurement was cancelled.');
  const text = thrownText(thrown);
  if (/memory|allocat|OOM|out of bounds|exceed/i.test(text)) {
    return failed('too-large', `The device ran out of memory: ${text}`, 'Measure at a smaller input.');
  }
  return failed('internal', `The forward pass failed: ${text}`);
}

/** Runs all draws one after another in this thread: for a GPU, which parallelises inside a draw. */
export async function runDrawsHere(
  requests: readonly MeasureRequest[],
  cancelled: () => boolean,
  progress: (done: number, total: number) => void,
  pass?: EntropyPass,
): Promise<Outcome<Draws[]>> {
  const tasks = tasksOf(requests);
  const results = noDraws(requests);
  // Messages, such as a cancellation, are read between the layers.
  const goOn = async (): Promise<boolean> => {
    await nextTurn();
    return !cancelled();
  };
  try {
    for (const [index, task] of tasks.entries()) {
      const request = requests[task.request];
      if (request !== undefined) collect(results, task, await runTask(task, request, goOn, pass));
      progress(index + 1, tasks.length);
    }
    return { ok: true, value: results };
  } catch (thrown) {
    return drawFailure(thrown);
  }
}

/** Gigabytes for people. */
const gigabytes = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GB`;

function largestBatch(plan: Plan, wanted: number, device: OpenedBackend, paths: number): number {
  let batch = wanted;
  const fits = (): boolean =>
    largestTensorBytes(plan, batch) <= device.maxTensorBytes && paths * planBytes(plan, batch) <= device.maxTotalBytes;
  while (batch > 0 && !fits()) batch = Math.floor(batch / 2);
  return batch;
}

/** Why a network cannot be measured as it was asked, whatever room the device has. */
function refusal({ plan, zenDraws }: MeasureRequest, device: OpenedBackend): Outcome<never> | undefined {
  if (plan.unknown.length > 0) {
    const operators = plan.unknown.join(', ');
    return failed('unmeasurable', `No measurement is known of what the network has on its main path: ${operators}.`);
  }
  if (zenDraws > 0 && !measuresZen(device.name)) {
    return failed(
      'unmeasurable',
      `The backend ${device.name} measures no Zen-Score.`,
      'Leave out the Zen-Score (--no-zen), or choose another backend.',
    );
  }
  if (zenDraws === 0 || isLine(plan)) return undefined;
  return failed(
    'unmeasurable',
    'The Zen-Score is defined for networks in one line, and the signal of this one branches.',
    'Measure its entropy, without the Zen-Score.',
  );
}

/**
 * The request with batches that the device has room for, halved until they fit; or why not even one input fits. Zen
 * keeps two inputs and their BatchNorm on the way, about twice an entropy's tensors.
 */
export function fitted(request: MeasureRequest, device: OpenedBackend): Outcome<MeasureRequest> {
  const impossible = refusal(request, device);
  if (impossible !== undefined) return impossible;
  const batch = largestBatch(request.plan, request.batch, device, 1);
  const zenBatch = request.zenDraws > 0 ? largestBatch(request.plan, request.zenBatch, device, 2) : request.zenBatch;
  if (batch > 0 && zenBatch > 0) return { ok: true, value: { ...request, batch, zenBatch } };
  const { height, width } = request.plan.input;
  const tensor = gigabytes(largestTensorBytes(request.plan, 1));
  return failed(
    'too-large',
    `At ${height} x ${width} one tensor needs ${tensor} and a draw ${gigabytes(planBytes(request.plan, 1))}; ` +
      `${device.device} (${device.name}) allows ${gigabytes(device.maxTensorBytes)} in one piece.`,
    'Measure at a smaller input (--at HxW).',
  );
}
