import { exportTinynas } from '../exchange/tinynas-export.ts';
import type { BackboneSource } from '../language/read-backbone.ts';
import { nameSpan } from '../language/read-backbone.ts';
import { done, EXIT, type ExitCode, fail, type Outcome } from './exit.ts';
import { choiceOption } from './options.ts';
import { report, say } from './output.ts';
import { place, problemLine, type ReadFile, readFile, textErrorsOf } from './problems.ts';
import { readSource } from './source.ts';
import { writeText } from './write.ts';

export interface ExportOptions {
  readonly to: string;
  readonly backbone?: string;
  readonly out?: string;
}

/** `mae export FILE --to tinynas`: one backbone in the format of another program. */
export async function exportBackbone(path: string, options: ExportOptions): Promise<ExitCode> {
  const format = choiceOption('--to', options.to, ['tinynas']);
  if (!format.ok) return report(format);
  const source = await readSource(path);
  if (!source.ok) return report(source);
  const file = readFile(source.value);
  const chosen = choose(file, options.backbone);
  if (!chosen.ok) return report(chosen);
  const { backbone, groups, node } = chosen.value;
  if (backbone === undefined) {
    for (const problem of textErrorsOf(file)) say(problemLine(file, problem));
    return EXIT.input;
  }
  const exported = exportTinynas(backbone);
  if (!exported.ok) {
    const span = groups[exported.group]?.span ?? nameSpan(node);
    say(`${place(file.source, file.snapshot, span)}: error[export]: ${exported.message}`);
    return EXIT.input;
  }
  if (options.out === undefined) {
    process.stdout.write(exported.text);
    return EXIT.done;
  }
  const written = await writeText(options.out, exported.text);
  return written.ok ? EXIT.done : report(written);
}

function choose(file: ReadFile, name: string | undefined): Outcome<BackboneSource> {
  const { source, snapshot } = file;
  const { backbones } = snapshot.design;
  const errors = textErrorsOf(file).map((problem) => problemLine(file, problem));
  const names = backbones.map((b) => b.name).join(', ');
  const [first, second] = backbones;
  if (first === undefined) {
    errors.push(`${source.path}:1:1: error[file]: This file has no backbone to export.`);
    return fail(EXIT.input, errors.join('\n'));
  }
  if (name === undefined) {
    if (second === undefined) return done(first);
    return fail(EXIT.usage, `error: this file has several backbones: choose one with --backbone (${names})`);
  }
  const found = backbones.find((b) => b.name === name);
  return found === undefined
    ? fail(EXIT.usage, `error: option --backbone: there is no '${name}', only ${names}`)
    : done(found);
}
