import { Work } from '../work.ts';
import { answerOf, type Request } from '../workers/messages.ts';
import { CLOCK } from './host.ts';

/** The entry of a search worker in a browser: it does one job at a time and answers under the job's number. */
const work = new Work(CLOCK);

addEventListener('message', ({ data }: MessageEvent<Request>) => postMessage(answerOf(work, data)));
