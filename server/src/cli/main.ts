#!/usr/bin/env node
import module from 'node:module';

/** What the command's own libraries need; package.json says the same. */
const OLDEST_NODE = [22, 12] as const;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const [oldestMajor, oldestMinor] = OLDEST_NODE;
if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
  process.stderr.write(
    `error: mae needs Node ${OLDEST_NODE.join('.')} or newer, and this is ${process.version}: install a newer one; ` +
      'in a checkout npm run mae -- ARGS runs on the Node that npm installed there.\n',
  );
  // The environment is at fault.
  process.exitCode = 3;
} else {
  // What was compiled once is kept for the next call, in Node's own folder for that. All the rest is loaded after it.
  module.enableCompileCache();
  const { main } = await import('./run.ts');
  await main();
}
