import { describe, expect, test } from 'vitest';
import { useVSCode } from './harness/session.ts';
import { Webview } from './harness/webview.ts';

const TEXT = `backbone tiny {
  input 3 x 64 x 64
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 basic(out: 32, btn: 16, k: 3, s: 2) x 1
}
`;

describe('in Simplified Chinese', () => {
  const code = useVSCode({ workspace: { 'tiny.mae': TEXT }, open: 'tiny.mae', language: 'zh-cn' });

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
});
