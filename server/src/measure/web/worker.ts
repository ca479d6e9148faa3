import { MeasuringEngine } from '../engine.ts';
import type { ToChild } from '../messages.ts';
import { webBackends } from './backends.ts';
import type { Begin } from './worker-child.ts';

const engine = new MeasuringEngine({
  backends: webBackends(),
  // A thread of a browser has one instance of wasm, and memory between threads is not to be had everywhere.
  threads: undefined,
  send: (message) => postMessage(message),
  peakBytes: () => 0,
});

/** The entry of the measuring worker in a browser. Its only request to a network is the one for the binary, which it has. */
addEventListener('message', ({ data }: MessageEvent<Begin | ToChild>) => {
  if (data.kind !== 'begin') return engine.receive(data);
  const { wasm } = data;
  globalThis.fetch = () => Promise.resolve(new Response(wasm, { headers: { 'content-type': 'application/wasm' } }));
});
