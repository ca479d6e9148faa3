import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { LspClient } from '../test/lsp/client.ts';
import { COLLECTION, fileOf, retyping, type Shape } from './editor-text.ts';
import { line, median, percentiles, processorTime, residentMemory } from './figures.ts';
import { TypedDocument } from './typed-document.ts';

const KEYSTROKES = 1_000;
const WARM_UP = 200;
const FOLDER = fileURLToPath(new URL('../node_modules/.cache/mae-det/language-servers', import.meta.url));

interface Contender {
  readonly name: string;
  readonly languageId: string;
  /** Node's arguments; our own server when absent. */
  readonly program?: readonly string[];
  readonly text: (shape: Shape) => string;
  readonly numbers: RegExp;
}

const inFolder = (file: string): string => path.join(FOLDER, 'node_modules', file);

const OTHERS = [
  {
    name: 'yaml-language-server',
    version: '2.0.0',
    languageId: 'yaml',
    program: [inFolder('yaml-language-server/bin/yaml-language-server'), '--stdio'],
    text: yamlOf,
    numbers: /(?<=(?:out|btn): )\d+/g,
  },
  {
    name: 'vscode-json-languageserver',
    version: '1.3.4',
    languageId: 'json',
    program: [inFolder('vscode-json-languageserver/bin/vscode-json-languageserver'), '--stdio'],
    text: (shape: Shape) => JSON.stringify(networkOf(shape), null, 2),
    numbers: /(?<="(?:out|btn)": )\d+/g,
  },
] as const satisfies readonly (Contender & { version: string })[];

/** Ours and two others, asked for the same two things after every keystroke; installed from npm on the first run. */
export async function otherServers(): Promise<void> {
  const failure = await install(OTHERS.map(({ name, version }) => `${name}@${version}`));
  const ours: Contender = { name: 'ours', languageId: 'mae', text: fileOf, numbers: /(?<=(?:out|btn): )\d+/g };
  const own = await contend(ours);
  if (failure === undefined) for (const other of OTHERS) await contend(other, own);
  if (failure !== undefined) console.log(`  The other servers could not be installed: ${failure}`);
}

/** Prints what a server takes, and how often that is what `own` took; gives the median of a keystroke (ms). */
async function contend(contender: Contender, own?: number): Promise<number> {
  const text = contender.text(COLLECTION);
  const client = await LspClient.start({
    capabilities: {
      textDocument: {
        documentSymbol: { hierarchicalDocumentSymbolSupport: true },
        foldingRange: { lineFoldingOnly: true },
      },
    },
    ...(contender.program === undefined ? {} : { program: contender.program }),
  });
  const document = await TypedDocument.open(client, text, contender.languageId);
  const textDocument = { uri: document.uri };
  const ask = () =>
    Promise.all([
      client.request('textDocument/documentSymbol', { textDocument }),
      client.request('textDocument/foldingRange', { textDocument }),
    ]);
  await ask();
  let processor = 0;
  const taken: number[] = [];
  let count = 0;
  for (const keystroke of retyping(text, contender.numbers)) {
    if (count === WARM_UP) processor = processorTime(client.pid);
    if (count === WARM_UP + KEYSTROKES) break;
    const begun = performance.now();
    await document.press(keystroke);
    await ask();
    if (count >= WARM_UP) taken.push(performance.now() - begun);
    count += 1;
  }
  const each = (processorTime(client.pid) - processor) / taken.length;
  const figures = `${percentiles(taken)}, processor ${each.toFixed(2)} ms each, ${residentMemory(client.pid).toFixed(0)} MB`;
  const ratio = own === undefined ? '' : `; ${(median(taken) / own).toFixed(1)} times ours`;
  line(`  ${contender.name}, ${text.length} characters`, figures + ratio);
  await client.stop();
  return median(taken);
}

/** Undefined when they are there, otherwise npm's last word. */
async function install(packages: readonly string[]): Promise<string | undefined> {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(path.join(FOLDER, 'package.json'), '{ "private": true }\n');
  const args = ['install', '--no-audit', '--no-fund', ...packages];
  const child = spawn('npm', args, {
    cwd: FOLDER,
    shell: process.platform === 'win32',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let last = '';
  child.stderr.on('data', (data: Buffer) => {
    last = data.toString('utf8').trim().split('\n').pop() ?? last;
  });
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code) => resolve(code === 0 ? undefined : last));
  });
}

/** The networks of `fileOf` as plain data. */
function networkOf({ backbones, groups }: Shape) {
  const group = (n: number) => ({
    block: 'bottleneck',
    out: 128 * (1 + (n % 5)),
    btn: 32 * (1 + (n % 5)),
    k: 3,
    s: 1,
    depth: 2,
  });
  return Array.from({ length: backbones }, (_, n) => ({
    backbone: `net_${n}`,
    input: [3, 480, 480],
    groups: Array.from({ length: groups }, (_, g) => group(g)),
  }));
}

function yamlOf(shape: Shape): string {
  const networks = networkOf(shape).map(({ backbone, input, groups }) => {
    const lines = groups.map((g) => {
      const [first, ...rest] = Object.entries(g).map(([key, value]) => `${key}: ${value}`);
      return [`    - ${first}`, ...rest.map((entry) => `      ${entry}`)].join('\n');
    });
    return `- backbone: ${backbone}\n  input: [${input.join(', ')}]\n  groups:\n${lines.join('\n')}`;
  });
  return `${networks.join('\n')}\n`;
}
