/** A measuring process that does wrong, in the way that MISBEHAVE names. */
const mode = process.env.MISBEHAVE;

process.on('disconnect', () => process.exit(0));

process.on('message', (message) => {
  if (mode === 'dies') {
    process.stderr.write('native code went wrong\n');
    process.exit(134);
  }
  if (mode === 'junk') process.send({ kind: 'measured', id: message.id, draws: 'many' });
  if (mode === 'not-a-number') {
    const backend = { name: 'wasm', device: 'CPU', kind: 'cpu', versions: {}, gmacsPerSecond: 1 };
    process.send({
      kind: 'measured',
      id: message.id,
      backend,
      batch: 1,
      zenBatch: 1,
      draws: [[Number.NaN]],
      zen: [],
      seconds: 1,
      peakBytes: 1,
    });
  }
  if (mode === 'stubborn' && message.kind === 'measure') {
    process.send({ kind: 'progress', id: message.id, done: 1, total: 2 });
  }
  // `silent` says nothing, and `stubborn` nothing more, not even when it is cancelled.
});

process.send({ kind: 'ready' });
