import { parentPort, workerData } from 'node:worker_threads';
import { answerModel, type ModelTask } from './model-answers.ts';

/** A thread that reads one model, answers and ends: what a hostile file makes of its memory and time is its own. */
const task: ModelTask = workerData;
parentPort?.postMessage(answerModel(task));
