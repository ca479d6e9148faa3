/**
 * npm run bench:editor — what a person could feel of the language server, through the protocol: every keystroke in
 * files of 200 groups until diagnostics, hints of the whole file and lenses are there; activation to the first hint;
 * memory at rest; whether 10,000 edits leave anything behind; and what two other language servers take for the same
 * questions about the same networks. Build first: it runs dist/server.js.
 *
 * Times are given by the clock, beside the round trip of an empty request in the same minute: on a machine that does
 * other things too, what that one takes is the machine's. Processor time is the server's own.
 */
import { availableParallelism } from 'node:os';
import { LspClient } from '../test/lsp/client.ts';
import { endurance } from '../test/unit/support/endurance.ts';
import { otherServers } from './editor-others.ts';
import { fileOf, SHAPES, typing } from './editor-text.ts';
import { line, median, ms, percentiles, processorTime, quietest, residentMemory } from './figures.ts';
import { TypedDocument } from './typed-document.ts';

const KEYSTROKES = 2_000;
const WARM_UP = 200;
/** As our own client starts the server. */
const START = { capabilities: { textDocument: { diagnostic: {} } }, initializationOptions: { drawsHints: true } };

async function activation(text: string): Promise<number> {
  const begun = performance.now();
  const client = await LspClient.start(START);
  const uri = await client.open(text);
  await client.request('mae/lineHints', { uri });
  const taken = performance.now() - begun;
  await client.stop();
  return taken;
}

/** What an editor asks for after a keystroke, all at once. */
async function everything(client: LspClient, uri: string): Promise<void> {
  const textDocument = { uri };
  await Promise.all([
    client.request('textDocument/diagnostic', { textDocument }),
    client.request('mae/lineHints', { uri }),
    client.request('textDocument/codeLens', { textDocument }),
  ]);
}

async function keystrokes(text: string): Promise<void> {
  const client = await LspClient.start(START);
  const document = await TypedDocument.open(client, text);
  await everything(client, document.uri);
  line('  memory at rest, the file open', `${residentMemory(client.pid).toFixed(0)} MB`);
  const taken: number[] = [];
  const empty: number[] = [];
  let processor = 0;
  let count = 0;
  for (const keystroke of typing(text)) {
    if (count === WARM_UP) processor = processorTime(client.pid);
    if (count === WARM_UP + KEYSTROKES) break;
    const begun = performance.now();
    await document.press(keystroke);
    await everything(client, document.uri);
    if (count >= WARM_UP) taken.push(performance.now() - begun);
    if (count % 10 === 0) {
      const asked = performance.now();
      await client.request('textDocument/codeLens', { textDocument: { uri: 'file:///none.mae' } });
      empty.push(performance.now() - asked);
    }
    count += 1;
  }
  line(`  keystroke to diagnostics, hints and lenses, ${KEYSTROKES}`, percentiles(taken));
  line('  the quietest 500 of them in a row', percentiles(quietest(taken, 500)));
  line('  an empty request in the same time', percentiles(empty));
  line(
    '  processor time of the server',
    `${((processorTime(client.pid) - processor) / taken.length).toFixed(2)} ms each`,
  );
  line('  memory after them', `${residentMemory(client.pid).toFixed(0)} MB`);
  await client.stop();
}

console.log(`Node ${process.version}, ${availableParallelism()} cores\n`);
for (const shape of SHAPES) {
  const text = fileOf(shape);
  console.log(`${shape.title}, ${text.length} characters`);
  const starts: number[] = [];
  for (let i = 0; i < 5; i++) starts.push(await activation(text));
  line('  process start to first hints, best and median of 5', ms(Math.min(...starts)), ms(median(starts)));
  await keystrokes(text);
}
console.log('\n10,000 random edits, each read from the one before');
for (const shape of SHAPES) {
  const { early, late, checked, wrong } = endurance(fileOf(shape), 10_000);
  const states = `${checked - wrong} of ${checked} states equal to a fresh read`;
  line(`  ${shape.title}`, `heap ${early.toFixed(1)} MB after a tenth, ${late.toFixed(1)} MB at the end; ${states}`);
}

console.log(
  '\nThe same networks in other languages: a keystroke in a number until symbols and folding ranges are there',
);
await otherServers();
