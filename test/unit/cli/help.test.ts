import { expect, test } from 'vitest';
import { HELP } from '../../../server/src/cli/help.ts';
import { createProgram } from '../../../server/src/cli/program.ts';

const names = createProgram(() => undefined).commands.map((command) => command.name());

test('every command has its help, and there is none of another', () =>
  expect(Object.keys(HELP).toSorted()).toEqual(names.toSorted()));

const examples = Object.entries(HELP).flatMap(([name, help]) =>
  help.examples.map((example) => [name, example] as const),
);

test.each(examples)('%s takes what its example says: %s', async (name, example) => {
  const words = example.replace(/ (?:>>?|<) .*$/, '').split(' ');
  expect(words.slice(0, 2)).toEqual(['mae', name]);
  const program = createProgram(() => undefined);
  const called: string[] = [];
  for (const command of program.commands)
    command
      .exitOverride()
      .configureOutput({ writeOut: () => undefined })
      .action(() => void called.push(command.name()));
  const parsed = program.parseAsync(words.slice(1), { from: 'user' });
  // What asks for help is answered before the command is called.
  if (words.includes('--help')) await expect(parsed).rejects.toMatchObject({ exitCode: 0 });
  else {
    await parsed;
    expect(called).toEqual([name]);
  }
});

test('the help of a command shows its examples and its exit codes', () => {
  const command = createProgram(() => undefined).commands.find((one) => one.name() === 'check');
  const parts: string[] = [];
  command?.configureOutput({ writeOut: (part) => void parts.push(part) }).outputHelp();
  const text = parts.join('');
  expect(text).toContain('\nExamples:\n  mae check .\n');
  expect(text).toMatch(/\nExit codes:\n {2}0 {4}done\n {2}1 {4}there are errors/);
});
