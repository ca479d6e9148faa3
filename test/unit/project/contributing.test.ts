import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import manifest from '../../../package.json' with { type: 'json' };
import { TARGETS } from '../../../scripts/package.ts';
import { BEGINS, ENDS } from '../../../scripts/watch/report.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8').replaceAll('\r\n', '\n');
const CONTRIBUTING = read('CONTRIBUTING.md');
const WORKFLOWS = globSync('.github/workflows/*.yml', { cwd: ROOT }).map((file) => file.replaceAll(path.sep, '/'));
const SCRIPTS = Object.keys(manifest.scripts);

/** The scripts of the manifest that a text runs. */
const scriptsIn = (text: string): string[] => [
  ...[...text.matchAll(/\bnpm run (?:--silent )?([\w:-]+)/g)].map(([, name = '']) => name),
  ...[...text.matchAll(/\bnpm (test|start)\b/g)].map(([, name = '']) => name),
];

describe('CONTRIBUTING.md', () => {
  /** The names that links can end in, as GitHub makes them of headings. */
  const anchors = (text: string): string[] =>
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\- _]/gu, '')
        .replaceAll(' ', '-'),
    );
  const links = [...CONTRIBUTING.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, to = '']) => to);

  test.each(links)('%s is there', (link) => {
    const [file = '', anchor] = link.split('#');
    expect(existsSync(path.join(ROOT, file))).toBe(true);
    if (anchor !== undefined) expect(anchors(read(file))).toContain(anchor);
  });

  /** Files of the sources; those with a NAME are the contributor's to write, into a folder that is there. */
  const files = [...CONTRIBUTING.matchAll(/`((?:\.github|server|client|scripts|syntaxes|test|examples)\/[^`\s]*)`/g)];
  test.each(files.map(([, file = '']) => file))('%s is there', (file) => {
    expect(existsSync(path.join(ROOT, file.includes('NAME') ? path.dirname(file) : file))).toBe(true);
  });

  test('its recipes name tests that there are', () => {
    const named = [...CONTRIBUTING.matchAll(/(?<![`\w/])test\/[\w./-]+(?!\w)/g)].map(([file]) => file);
    const missing = named.filter((file) => !file.includes('NAME') && globSync(`${file}*`, { cwd: ROOT }).length === 0);
    expect(named.length).toBeGreaterThan(10);
    expect(missing).toEqual([]);
  });

  test('the scripts that it runs are in the manifest', () => {
    const named = scriptsIn(CONTRIBUTING);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !SCRIPTS.includes(name))).toEqual([]);
  });

  test.each(['A block', 'A cost', 'An objective', 'A format', 'An editor feature'])('has a recipe: %s', (what) => {
    const recipe = CONTRIBUTING.split(/^### /m).find((part) => part.startsWith(`${what}\n`));
    expect(recipe).toMatch(/^1\. `server\/src\/[\w/]+\/NAME\.ts`/m);
    expect(recipe).toMatch(/The tests?: /);
    expect(recipe).toMatch(/^\d\. `.*npx vitest run /m);
  });

  test('the projects of the tests are those that there are', () => {
    const config = read('vitest.config.ts');
    const projects = [...config.matchAll(/(?:name: |alone\()'(\w+)'/g)].map(([, name = '']) => name);
    expect(projects.length).toBeGreaterThan(5);
    for (const name of projects) expect(CONTRIBUTING).toContain(`\`${name}\``);
  });
});

describe('the workflows', () => {
  const ci = read('.github/workflows/ci.yml');
  const listed = (key: string): string[] => new RegExp(`^ +${key}: \\[(.*)\\]$`, 'm').exec(ci)?.[1]?.split(', ') ?? [];

  test('run on the platforms that are packaged, each on a machine of its own', () => {
    expect(listed('target')).toEqual([...TARGETS]);
    const machines = [...ci.matchAll(/- \{ target: ([\w-]+), runner: ([\w.-]+) \}/g)];
    expect(machines.map(([, target]) => target)).toEqual([...TARGETS]);
    expect(new Set(machines.map(([, , runner]) => runner)).size).toBe(TARGETS.length);
  });

  test('run on the least Node that the manifest allows, and on the one that the scripts use', () => {
    const least = /^>=(\d+)\./.exec(manifest.engines.node)?.[1];
    const used = manifest.devDependencies.node.split('.')[0];
    expect(listed('node')).toEqual([least, used]);
  });

  test.each(WORKFLOWS)('%s runs scripts that there are', (file) => {
    const named = scriptsIn(read(file));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !SCRIPTS.includes(name))).toEqual([]);
  });

  test('name projects of the tests that there are', () => {
    const named = [...ci.matchAll(/--project (\w+)/g)].map(([, name = '']) => name);
    const config = read('vitest.config.ts');
    expect(named.length).toBeGreaterThan(0);
    for (const name of named) expect(config).toMatch(new RegExp(`(name: |alone\\()'${name}'`));
  });
});

describe('.vscode', () => {
  const matcher = z.object({
    pattern: z.object({ regexp: z.string(), file: z.number(), line: z.number(), column: z.number() }),
    background: z.object({ beginsPattern: z.string(), endsPattern: z.string() }),
  });
  const { tasks } = z
    .object({
      tasks: z.array(
        z.object({
          label: z.string(),
          type: z.literal('npm'),
          script: z.string(),
          problemMatcher: z.union([matcher, z.array(z.string())]),
        }),
      ),
    })
    .parse(JSON.parse(read('.vscode/tasks.json')));
  const { configurations, compounds } = z
    .object({
      configurations: z.array(
        z.looseObject({
          name: z.string(),
          preLaunchTask: z.string().optional(),
          port: z.number().optional(),
          program: z.string().optional(),
        }),
      ),
      compounds: z.array(z.object({ configurations: z.array(z.string()) })),
    })
    .parse(JSON.parse(read('.vscode/launch.json')));

  test('tasks run scripts that there are', () => {
    expect(tasks.map(({ script }) => script).filter((script) => !SCRIPTS.includes(script))).toEqual([]);
  });

  test('the matcher of the watch reads what the watch says', () => {
    const { pattern, background } = matcher.parse(tasks.find(({ script }) => script === 'watch')?.problemMatcher);
    expect(BEGINS).toMatch(new RegExp(background.beginsPattern));
    expect(ENDS).toMatch(new RegExp(background.endsPattern));
    const found = new RegExp(pattern.regexp).exec('client/src/a.ts:3:7: error: Could not resolve "./b.ts"');
    expect([pattern.file, pattern.line, pattern.column, 4, 5].map((group) => found?.[group])).toEqual([
      'client/src/a.ts',
      '3',
      '7',
      'error',
      'Could not resolve "./b.ts"',
    ]);
  });

  test('launches begin with tasks that there are, run files that there are, and attach where the server listens', () => {
    const labels = tasks.map(({ label }) => label);
    for (const { name, preLaunchTask, program } of configurations) {
      if (preLaunchTask !== undefined) expect(labels, name).toContain(preLaunchTask);
      if (program !== undefined) expect(existsSync(program.replace(/^\$\{workspaceFolder\}/, ROOT)), name).toBe(true);
      expect(CONTRIBUTING).toContain(`**${name}**`);
    }
    const names = configurations.map(({ name }) => name);
    expect(compounds.flatMap((one) => one.configurations).filter((name) => !names.includes(name))).toEqual([]);
    const ports = configurations.flatMap(({ port }) => port ?? []);
    const listens = /--inspect=(\d+)/.exec(read('client/src/server-process.ts'))?.[1];
    expect(ports).toEqual([Number(listens)]);
  });
});
