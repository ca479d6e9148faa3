import { basename, extname } from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { importTinynas } from '../exchange/tinynas-import.ts';
import { printBackbone } from '../language/print.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { report, say } from './output.ts';
import { readSource } from './source.ts';
import { writeFile } from './write.ts';

export interface ImportOptions {
  readonly out?: string;
}

/** `mae import STRUCTURE.txt`: every network of a TinyNAS text becomes a backbone of one .mae text. */
export async function importStructure(path: string, options: ImportOptions): Promise<ExitCode> {
  const source = await readSource(path);
  if (!source.ok) return report(source);
  const file = basename(path);
  const imported = importTinynas(source.value.text, { name: basename(path, extname(path)) });
  if (!imported.ok) {
    const document = TextDocument.create('file:///structure.txt', 'python', 1, source.value.text);
    for (const { message, span } of imported.problems) {
      const { line, character } = document.positionAt(span.start);
      say(`${path}:${line + 1}:${character + 1}: error[structure]: ${message}`);
    }
    return EXIT.input;
  }
  const header = `// From ${file.replace(/[\r\n]/g, ' ')}, a TinyNAS structure. It carries no input size: 480 x 480 is that of TinyNAS's own search.\n`;
  const text = header + imported.value.map(printBackbone).join('\n');
  if (options.out === undefined) {
    process.stdout.write(text);
    return EXIT.done;
  }
  const written = await writeFile(options.out, text);
  if (!written.ok) return report(written);
  const { length } = imported.value;
  say(`${options.out}: ${length} backbone${length === 1 ? '' : 's'} imported`);
  return EXIT.done;
}
