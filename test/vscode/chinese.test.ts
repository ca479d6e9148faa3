import { describe, expect, test } from 'vitest';
import { useVSCode } from './harness/session.ts';
import { Webview } from './harness/webview.ts';

const TEXT = `backbone tiny {
  input 3 x 64 x 64
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 basic(out: 32, btn: 16, k: 3, s: 2) x 1
}
`;
const SEARCH = `backbone a_network_of_a_long_name {
  input 3 x 128 x 128
  entropy C2: 1
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 basic(out: 32, btn: 16, k: 3, s: 2) x 1
}
budget small { macs <= 40M  layers <= 20 }
search { evaluations 20000 }
`;

describe('in Simplified Chinese', () => {
  const code = useVSCode({
    workspace: { 'tiny.mae': TEXT, 'search.mae': SEARCH },
    open: 'tiny.mae',
    language: 'zh-cn',
  });

  test('commands and the status speak it', async () => {
    await code()
      .editor('tiny.mae')
      .lens(/Z \d+\.\d \(fan-in\)/);
    expect(await code().paletteTitles('MAE-DET')).toContain('MAE-DET: 显示搜索仪表板');
    await code().languageStatus(/就绪/);
  });

  test('so do the views', async () => {
    await code().palette('MAE-DET: 显示架构图');
    const picture = new Webview(code(), 'picture');
    await picture.waitFor('h1', /架构/);
    expect(await (await picture.locator('html')).getAttribute('lang')).toBe('zh-cn');
    await code().palette('MAE-DET: 显示搜索仪表板');
    await new Webview(code(), 'dashboard').waitFor('h1', /搜索/);
    await code().screenshot('chinese');
  });

  test('what becomes of a search fits one line, wide and narrow', async () => {
    const editor = await code().openFile('search.mae');
    await editor.lens(/Run search/);
    await code().palette('运行 MAE-DET 搜索');
    const message = /得分 \d+\.\d → \d+\.\d/;
    await code().notification(message);
    for (const width of [1280, 800]) {
      await code().page.setViewportSize({ width, height: 900 });
      expect(await code().notificationLines(message), `at ${width} pixels`).toBe(1);
      await code().screenshot(`chinese-result-${width}`);
    }
  });
});
