import { basename, extname } from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { done, EXIT, type ExitCode, fail, type Outcome } from '../answers/exit.ts';
import { isModel } from '../answers/model.ts';
import { sizeOption } from '../answers/options.ts';
import { readSource } from '../answers/source.ts';
import { mayWrite, writeFile } from '../answers/write.ts';
import type { ImageSize } from '../backbone/backbone.ts';
import { importTinynas } from '../exchange/tinynas-import.ts';
import { withSearch } from '../exchange/with-search.ts';
import { printBackbone } from '../language/print.ts';
import { importModel } from './import-model.ts';
import { report, say } from './output.ts';

export interface ImportOptions {
  readonly out?: string;
  readonly force?: boolean;
  readonly size?: string;
  readonly withSearch?: boolean;
}

/** A .mae text, and how many backbones are in it. */
interface Imported {
  readonly text: string;
  readonly count: number;
}

/** `mae import MODEL.onnx | STRUCTURE.txt`: a model, or every network of a TinyNAS text, as one .mae text. */
export async function importDesign(path: string, options: ImportOptions): Promise<ExitCode> {
  const size = options.size === undefined ? undefined : sizeOption('--size', options.size);
  if (size !== undefined && !size.ok) return report(size);
  const free = options.out === undefined ? done(undefined) : mayWrite(options.out, options.force);
  if (!free.ok) return report(free);
  const imported = await read(path, size?.value);
  if (!imported.ok) return report(imported);
  const { count } = imported.value;
  if (options.withSearch === true && count > 1)
    return report(
      fail(EXIT.usage, `error: option --with-search: ${path} has ${count} networks, and a search starts from one`),
    );
  const text = options.withSearch === true ? withSearch(imported.value.text) : imported.value.text;
  if (options.out === undefined) {
    process.stdout.write(text);
    return EXIT.done;
  }
  const written = await writeFile(options.out, text);
  if (!written.ok) return report(written);
  say(`${options.out}: ${count} backbone${count === 1 ? '' : 's'} imported`);
  return EXIT.done;
}

async function read(path: string, size: ImageSize | undefined): Promise<Outcome<Imported>> {
  if (!isModel(path)) return importStructure(path, size);
  const model = importModel(path, size);
  return model.ok ? done({ text: model.value, count: 1 }) : model;
}

/** Every network of a TinyNAS text becomes a backbone. */
async function importStructure(path: string, size: ImageSize | undefined): Promise<Outcome<Imported>> {
  const source = await readSource(path);
  if (!source.ok) return source;
  const file = basename(path).replace(/[\r\n]/g, ' ');
  const name = basename(path, extname(path));
  const imported = importTinynas(source.value.text, size === undefined ? { name } : { name, input: size });
  if (!imported.ok) {
    const document = TextDocument.create('file:///structure.txt', 'python', 1, source.value.text);
    const lines = imported.problems.map(({ message, span }) => {
      const { line, character } = document.positionAt(span.start);
      return `${path}:${line + 1}:${character + 1}: error[structure]: ${message}`;
    });
    return fail(EXIT.input, lines.join('\n'));
  }
  const which = size === undefined ? ": 480 x 480 is that of TinyNAS's own search" : '';
  const header = `// From ${file}, a TinyNAS structure. It carries no input size${which}.\n`;
  return done({ text: header + imported.value.map(printBackbone).join('\n'), count: imported.value.length });
}
