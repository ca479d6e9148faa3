import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type CompletionItem, InsertTextFormat } from 'vscode-languageserver-types';
import { COMPLETION_TRIGGERS, completion } from '../../../server/src/features/completion.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/features/options.ts';
import { DETECTORS, MAEDET, RESNET, SEARCHED } from '../language/detector-texts.ts';
import { atOffset } from './cursor.ts';

/**
 * A person types a file from its first line to its last. An editor asks on its own after a trigger character and where a
 * word begins, filters what it got by what is typed since, and takes what is left on Enter, unless that stands there as
 * it is. So behind a line that is complete nothing else may be left.
 */

const ask = (text: string, trigger?: string): CompletionItem[] => {
  const { snapshot, position } = atOffset(text, text.length);
  return completion(snapshot, position, DEFAULT_OPTIONS, { snippets: true, trigger });
};

/** As fuzzily as any editor does it: the first letter at the beginning of a word, the others in order behind it. */
function fits({ label, filterText }: CompletionItem, typed: string): boolean {
  const [text, word] = [(filterText ?? label).toLowerCase(), typed.toLowerCase()];
  return [...text].some((letter, start) => {
    if (letter !== word[0] || /[\p{L}\p{N}]/u.test(text[start - 1] ?? '')) return false;
    let at = start - 1;
    return [...word].every((next) => {
      at = text.indexOf(next, at + 1);
      return at >= 0;
    });
  });
}

const isThere = ({ textEdit, insertTextFormat }: CompletionItem, typed: string): boolean =>
  textEdit?.newText === typed && insertTextFormat === InsertTextFormat.PlainText;

/** What Enter would write instead of beginning a new line behind this text, by any list that may be open. */
function takenOnEnter(text: string): string[] {
  const word = /[\p{L}\p{N}_.%-]*$/u.exec(text)?.[0] ?? '';
  const before = text.slice(0, text.length - word.length);
  const trigger = COMPLETION_TRIGGERS.find((character) => before.endsWith(character));
  const begun = trigger === undefined ? [] : [ask(before, trigger)];
  // Editors begin on their own at the first letter of a word, and again behind a unit, but not at a plain number.
  const lengths = Array.from(word, (_, index) => index + 1).filter((n) => Number.isNaN(Number(word.slice(0, n))));
  const lists = [...begun, ...lengths.map((length) => ask(before + word.slice(0, length)))];
  return lists.flatMap((list) => {
    const left = list.filter((item) => word === '' || fits(item, word));
    return left.some((item) => isThere(item, word)) ? [] : left.map((item) => item.label);
  });
}

const FOLDER = new URL('../../../examples/', import.meta.url);
const HEAD = 'backbone r {\n  input 3 x 224 x 224\n  stem conv(out: 32, k: 3, s: 2)\n';
const TAIL = '  stage C2 basic(out: 64, btn: 64, k: 3, s: 2) x 2\n}\nbudget tiny {\n  macs <= 4G\n}\n';
const FILE = HEAD + TAIL;
const NETS = `${RESNET}${MAEDET}budget phone {\n  macs <= 900G\n}\n`;

/** A text to its end, by its last words. */
const named = (text: string): [string, string] => [text.slice(-40), text];

/** Texts up to the end of each line that is complete, without comments. */
function lineEnds(text: string): string[] {
  const lines = text.split('\n').map((line) => line.replace(/\s*\/\/.*/, ''));
  return lines.flatMap((line, index) => (/[\w)%]$/.test(line) ? lines.slice(0, index + 1).join('\n') : []));
}

/** Those in folders too. */
const EXAMPLES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.mae'));

describe('Enter behind a complete line is a new line', () => {
  test.each(EXAMPLES)('%s', (file) => {
    const ends = lineEnds(readFileSync(new URL(file, FOLDER), 'utf8'));
    expect(ends.length).toBeGreaterThan(4);
    for (const text of ends) expect(takenOnEnter(text), text.slice(-40)).toEqual([]);
  });

  test('detectors', () => {
    const ends = lineEnds(NETS + DETECTORS + SEARCHED);
    expect(ends.length).toBeGreaterThan(20);
    for (const text of ends) expect(takenOnEnter(text), text.slice(-40)).toEqual([]);
  });

  test.each(
    [
      ...['backbone resnet50', 'input 3 x 800 x 1280', 'input 3 x 48 x 48', 'classes 8', 'classes 80', 'classes 801'],
      ...['within phone', 'neck fpn', 'neck none', 'neck bifpn', 'neck fpn()', 'neck fpn(from: C3..C5)'],
      ...['head gfl', 'head box', 'head decoupled', 'head gfl(width: 256)'],
    ].map((line) => named(`${NETS}detector d {\n  ${line}`)),
  )('in a detector: %j', (_, text) => expect(takenOnEnter(text)).toEqual([]));

  test.each(
    [
      'backbone r {\n  input 3 x 224 x 224',
      'backbone r {\n  input 3 x 48 x 48',
      `${HEAD}  stage C2 basic(out: 64, btn: 64, k: 3, s: 2) x 1`,
      `${HEAD}  stage C2 basic(out: 64, btn: 64, k: 3, s: 2) x 2`,
      `${HEAD}  stage C2 basic(out: 64, btn: 64, k: 3, s: 2) x 16`,
      `${HEAD}  entropy C1: 1`,
      `${HEAD}  entropy C1: 1.5`,
      `${FILE}budget b {\n  macs <= 4.4`,
      `${FILE}budget b {\n  macs <= 4.4G`,
      `${FILE}budget b {\n  macs <= 1M`,
      `${FILE}budget b {\n  params <= 2k, layers <= 9`,
      `${FILE}budget b {\n  memory <= 2G`,
      `${FILE}budget b {\n  memory <= 2GiB`,
      `${FILE}search {\n  start r`,
      `${FILE}search {\n  start r\n  within tiny`,
      `${FILE}search {\n  space tinynas`,
      `${FILE}search {\n  population 256`,
      `${FILE}search {\n  population 25`,
      `${FILE}search {\n  evaluations 960`,
      `${FILE}search {\n  coarse-to-fine 5`,
      `${FILE}search {\n  coarse-to-fine 5%`,
      `${FILE}search {\n  objective zen`,
      `${FILE}search {\n  time-limit 5`,
      `${FILE}search {\n  time-limit 5m`,
      `${FILE}search {\n  minimise macs\n  score >= 1`,
    ].map(named),
  )('%j', (_, text) => expect(takenOnEnter(text)).toEqual([]));
});

describe('a space behind a complete line asks nothing', () => {
  test.each(
    [
      '',
      `${FILE}`,
      HEAD.trimEnd(),
      'backbone r {',
      'backbone r {\n ',
      'backbone r {\n  input 3 x 224 x 224',
      `${HEAD}  entropy C1: 1`,
      `${HEAD}  stage C2 basic(out: 64, btn: 64, k: 3, s: 2)`,
      `${HEAD}  stage C2 basic(out: 64, btn: 64, k: 3, s: 2) x 2`,
      `${HEAD}  stage C2 basic(out: 64, btn: 64, k: 3, s: 2) x 2\n        `,
      `${FILE}budget b {\n  macs <= 4G`,
      `${FILE}search {\n  start r`,
      `${FILE}search {\n  seed 0`,
      `${FILE}search {\n  seed 0\n `,
      // What is unfinished above does not change that.
      `${HEAD}  stage C2\n `,
      `${NETS}detector d {`,
      `${NETS}detector d {\n  neck\n `,
      ...['backbone resnet50', 'input 3 x 800 x 1280', 'classes 80', 'within phone', 'neck none', 'neck fpn()'].map(
        (line) => `${NETS}detector d { ${line}`,
      ),
    ].map(named),
  )('%j', (_, text) => {
    expect(ask(`${text} `, ' ')).toEqual([]);
  });

  test.each(
    [
      `${HEAD}  stage`,
      `${HEAD}  stage C2`,
      `${HEAD}  stage C2 basic(out:`,
      `${HEAD}  stage C2 basic(out: 64,`,
      `${HEAD}  stage C2 basic(out: 64, btn: 64, k: 3, s: 2) x`,
      `${HEAD}  stage C2 basic(out: 64, btn: 64, k: 3, s: 2) x 2 +`,
      `${HEAD}  entropy C3: 1,`,
      `${FILE}budget b {\n  macs <=`,
      `${FILE}budget b {\n  macs <= 4G,`,
      `${FILE}search {\n  start`,
      `${FILE}search {\n  space`,
      ...['backbone', 'classes', 'within', 'neck', 'head', 'input', 'neck fpn(from:', 'neck fpn(out: 256,'].map(
        (line) => `${NETS}detector d { ${line}`,
      ),
    ].map(named),
  )('but where the line must go on it does: %j', (_, text) => {
    expect(ask(`${text} `, ' ')).not.toEqual([]);
  });

  test('and by hand whatever can follow is there', () => {
    expect(ask(`${HEAD}  stage C2 conv(out: 8, k: 3, s: 2) `).map((item) => item.label)).toContain('+');
  });
});
