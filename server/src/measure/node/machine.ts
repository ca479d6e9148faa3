import { availableParallelism } from 'node:os';
import type { Machine } from '../doctor-report.ts';

/** What the Doctor says that it ran on. */
export const NODE_MACHINE: Machine = { node: process.versions.node, platform: `${process.platform}-${process.arch}` };

/** Threads of draws on wasm where nobody says otherwise. */
export const DRAW_THREADS = availableParallelism();
