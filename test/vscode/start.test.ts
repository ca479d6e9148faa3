import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { useVSCode } from './harness/session.ts';
import { until } from './harness/until.ts';
import { ROOT } from './setup/vsix.ts';

const example = (name: string): string => readFileSync(path.join(ROOT, 'examples', `${name}.mae`), 'utf8');

describe('beginning', () => {
  const code = useVSCode({
    workspace: { 'empty.mae': '', 'other.mae': '' },
    open: 'empty.mae',
  });

  test('an empty file is filled with a design that has numbers and no problem', async () => {
    const editor = code().editor('empty.mae');
    await code().language('MAE');
    await code().palette('New Backbone File');
    await until('the designs to begin with', async () => (await code().quickPick()).includes('resnet18.mae'));
    expect((await code().quickPick())[0]).toBe('first_search.mae');
    await code().screenshot('new-file');
    await code().pick('first_search.mae');
    await editor.waitForText('backbone my_net');
    await editor.hint(/^\+4\.7 H/, 6);
    await editor.lens(/^Run search: my_net within small/);
    await editor.clean();
  });

  test('an empty file offers designs by name, each once, and nothing that needs a backbone around it', async () => {
    const editor = await code().openFile('other.mae');
    const offered = await editor.suggestions();
    expect(offered).toEqual(
      // The list shows a dozen rows; what is below comes as one types.
      expect.arrayContaining(['backbone', 'detector', 'budget', 'space', 'search', 'first_search', 'own_space']),
    );
    expect(new Set(offered).size).toBe(offered.length);
    expect(offered).not.toContain('stage');
    expect(offered).not.toContain('+');
    await editor.type('resnet');
    const rows = code().page.locator('.suggest-widget.visible .monaco-list-row .label-name');
    await until('the ResNets', async () =>
      (await rows.allInnerTexts()).join().startsWith('resnet18,resnet50,resnet101'),
    );
    await code().screenshot('templates');
    await code().page.keyboard.press('Enter');
    await editor.waitForText('backbone resnet18');
    expect(await editor.text()).toBe(example('resnet18'));
    await editor.hint(/^\+\d/);
    await editor.clean();
  });

  test('the walkthrough opens, with its steps and pictures', async () => {
    await code().palette('Welcome: Open Walkthrough...');
    await code().pick('Design a detection backbone');
    const steps = code().page.locator('.getting-started-step .step-title');
    await until('the steps', async () => (await steps.count()) === 6);
    expect((await steps.allInnerTexts())[0]).toContain('Begin with a small design');
    const picture = code().page.locator('.getting-started-media img').first();
    await picture.waitFor();
    const width = () => picture.evaluate((image: { readonly naturalWidth: number }) => image.naturalWidth);
    await until('the picture to be there and not a broken link', async () => (await width()) > 100);
    await code().screenshot('walkthrough');
  });
});

describe('an example', () => {
  const workspace = { 'mobilenetv2.mae': example('mobilenetv2'), 'resnet50.mae': example('resnet50') };
  const code = useVSCode({ workspace, open: 'mobilenetv2.mae' });

  test('is indented by two, though its lines are laid out in columns', async () => {
    await code().status('Spaces: 2');
    await code().openFile('resnet50.mae');
    await code().status('Spaces: 2');
  });
});
