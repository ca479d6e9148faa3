import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { COMMANDS } from '../../../client/src/command-ids.ts';
import { readSettings, SETTING_RULES, SETTINGS_SECTION } from '../../../server/src/server/settings.ts';

const read = (file: string): string => readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
const manifest = z
  .object({
    contributes: z.object({
      commands: z.array(z.object({ command: z.string(), title: z.string(), category: z.string().optional() })),
      configuration: z.array(
        z.object({
          title: z.string(),
          order: z.number(),
          properties: z.record(
            z.string(),
            z.looseObject({ default: z.unknown(), description: z.string(), order: z.number() }),
          ),
        }),
      ),
    }),
  })
  .parse(JSON.parse(read('package.json')));

describe('settings: schema, manifest and docs say the same', () => {
  const sections = manifest.contributes.configuration;
  const properties = Object.fromEntries(sections.flatMap((section) => Object.entries(section.properties)));
  // Traced by the client library itself.
  const ours = Object.keys(properties).filter((key) => key !== `${SETTINGS_SECTION}.trace.server`);

  test('the same settings', () => {
    expect(ours.toSorted()).toEqual(
      Object.keys(SETTING_RULES)
        .map((key) => `${SETTINGS_SECTION}.${key}`)
        .toSorted(),
    );
  });

  test.each(Object.entries(SETTING_RULES))('%s has the same default and the same values', (key, rule) => {
    const declared = properties[`${SETTINGS_SECTION}.${key}`];
    const schema: z.ZodType = rule;
    expect(schema.parse(undefined)).toEqual(declared?.default);
    const json = z.toJSONSchema(schema) as { enum?: unknown; items?: { enum?: unknown } };
    expect(declared?.['enum']).toEqual(json.enum);
    expect((declared?.['items'] as { enum?: unknown } | undefined)?.enum).toEqual(json.items?.enum);
  });

  test('they stand in titled sections, in the order of these', () => {
    const titles = ['package.nls.json', 'package.nls.zh-cn.json'].map((file) => {
      const strings: Record<string, string> = JSON.parse(read(file));
      return sections.map(({ title }) => strings[title.replaceAll('%', '')]);
    });
    expect(titles).toEqual([
      ['Numbers', 'Hints and Lenses', 'Measuring', 'Search', 'Language Server'],
      ['数值', '提示和 CodeLens', '测量', '搜索', '语言服务器'],
    ]);
    expect(sections.map(({ order }) => order)).toEqual([1, 2, 3, 4, 5]);
  });

  test('they stand in one order: in the settings editor, in the manifest and in the docs', () => {
    const orders = Object.values(properties).map((property) => property.order);
    expect(
      orders.every((order, i) => order > (orders[i - 1] ?? 0)),
      String(orders),
    ).toBe(true);
    const documented = [...read('docs/settings.md').matchAll(/^\| `(mae-det\.[\w.]+)`/gm)].map(([, key]) => key);
    expect(documented).toEqual(Object.keys(properties));
  });

  test('each is documented', () => {
    const docs = read('docs/settings.md');
    for (const key of Object.keys(properties)) expect(docs).toContain(`\`${key}\``);
  });
});

describe('reading settings', () => {
  test('nested, flat and absent values', () => {
    expect(readSettings({ hints: { parts: ['cost'] }, cost: 'thop' }).settings.features).toMatchObject({
      cost: 'thop',
      hints: ['cost'],
    });
    expect(readSettings({ 'hints.parts': ['shape'] }).settings.features.hints).toEqual(['shape']);
    for (const nothing of [undefined, null, 7, 'x', []]) expect(readSettings(nothing).problems).toEqual([]);
  });

  test('a wrong value is named, and its default is used', () => {
    const { settings, problems } = readSettings({ cost: 'flops', search: { workers: -1 } });
    expect(settings.features.cost).toBe('macs');
    expect(settings.searchWorkers).toBe(0);
    expect(problems).toEqual([
      expect.stringContaining('mae-det.cost is not valid'),
      expect.stringContaining('mae-det.search.workers is not valid'),
    ]);
  });
});

test('the commands of the client are those of the manifest, and the search reads exactly as promised', () => {
  const { commands } = manifest.contributes;
  expect(commands.map((c) => c.command).toSorted()).toEqual(Object.values(COMMANDS).toSorted());
  expect(commands.find((c) => c.command === COMMANDS.runSearch)).toEqual({
    command: 'mae-det.runSearch',
    title: '%command.runSearch%',
  });
  expect(JSON.parse(read('package.nls.json'))).toMatchObject({ 'command.runSearch': 'Run MAE-DET Search' });
});

test('each step of the walkthrough has a picture that is there, and leads to commands that are', () => {
  const path = z.string().regex(/^media\/walkthrough\/[\w-]+\.png$/);
  const step = z.object({
    description: z.string(),
    media: z.object({ image: z.object({ dark: path, light: path, hc: path, hcLight: path }) }),
    completionEvents: z.array(z.string()),
  });
  const { contributes } = z
    .object({ contributes: z.object({ walkthroughs: z.array(z.object({ steps: z.array(step) })) }) })
    .parse(JSON.parse(read('package.json')));
  const strings: Readonly<Record<string, string>> = z
    .record(z.string(), z.string())
    .parse(JSON.parse(read('package.nls.json')));
  // The editor's own menu of quick fixes is no command of ours.
  const commands: readonly string[] = [...Object.values(COMMANDS), 'editor.action.quickFix'];
  const steps = contributes.walkthroughs.flatMap((w) => w.steps);
  expect(steps.length).toBeGreaterThanOrEqual(4);
  for (const { description, media, completionEvents } of steps) {
    const { dark, light, hc, hcLight } = media.image;
    for (const file of [dark, light]) expect(existsSync(new URL(`../../../${file}`, import.meta.url)), file).toBe(true);
    expect([hc, hcLight]).toEqual([dark, light]);
    expect(light).not.toBe(dark);
    const links = [...(strings[description.slice(1, -1)] ?? '').matchAll(/\(command:([^)]+)\)/g)].map(
      (m) => m[1] ?? '',
    );
    const events = completionEvents.map((event) => event.replace('onCommand:', ''));
    expect(links.length).toBeGreaterThan(0);
    for (const command of [...links, ...events]) expect(commands).toContain(command);
  }
});

test('settings that name a folder whose code is run are no matter of a workspace', () => {
  const { capabilities, contributes } = z
    .object({
      capabilities: z.object({
        untrustedWorkspaces: z.object({
          supported: z.literal('limited'),
          restrictedConfigurations: z.array(z.string()),
        }),
        virtualWorkspaces: z.object({ supported: z.literal('limited') }),
      }),
      contributes: z.object({
        configuration: z.array(z.object({ properties: z.record(z.string(), z.object({ scope: z.string() })) })),
      }),
    })
    .parse(JSON.parse(read('package.json')));
  const properties = new Map(contributes.configuration.flatMap((section) => Object.entries(section.properties)));
  const folders = [...properties.keys()].filter((key) => /folder|path|program|command/i.test(key));
  expect(folders).toEqual(['mae-det.measure.cudaFolder']);
  expect(capabilities.untrustedWorkspaces.restrictedConfigurations).toEqual(folders);
  for (const key of folders) expect(properties.get(key)?.scope).toBe('machine');
});
