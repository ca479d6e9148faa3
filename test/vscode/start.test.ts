import { describe, expect, test } from 'vitest';
import { useVSCode } from './harness/session.ts';
import { until } from './harness/until.ts';

describe('beginning', () => {
  const code = useVSCode({ workspace: { 'empty.mae': '' }, open: 'empty.mae' });

  test('an empty file is filled with a design that has numbers and no problem', async () => {
    const editor = code().editor('empty.mae');
    await code().language('MAE');
    await code().palette('New Backbone File');
    await editor.waitForText('backbone my_net');
    await editor.hint(/^32×240×240/, 5);
    await editor.lens(/^Run search: my_net within small/);
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
