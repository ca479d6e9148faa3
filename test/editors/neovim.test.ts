import { expect, test } from 'vitest';
import { SMALL } from '../cli/mae.ts';
import { documented, inNeovim } from './nvim.ts';

const broken = SMALL.replace('stage C3 bottleneck(', 'stage C3 botleneck(').replace(
  'k: 3, s: 2) x 1 //',
  'k:3,s: 2)x 1 //',
);

test('Neovim with the settings of the docs shows problems, mends them, hovers, formats and saves', async () => {
  const { told, file } = await inNeovim<Record<string, unknown>>(
    broken,
    `
    local found = diagnostics('the diagnostic', function(d) return d['unknown-block'] end)
    tell('filetype', vim.bo.filetype)
    tell('problem', found['unknown-block'])
    go_to('botleneck')
    local titles = choose('Change botleneck to bottleneck')
    vim.cmd('normal gra')
    tell('titles', await('the menu', titles))
    diagnostics('the mended text', function(d) return not d['unknown-block'] end)
    tell('mended', text())
    go_to('bottleneck')
    vim.cmd('normal K')
    tell('hover', await('the hover', float))
    if vim.lsp.buf.format then vim.lsp.buf.format() else vim.lsp.buf.formatting_sync() end
    vim.cmd('write')
    `,
  );
  expect(told).toMatchObject({
    filetype: 'mae',
    problem: expect.stringContaining('Did you mean bottleneck?'),
    titles: expect.arrayContaining(['Change botleneck to bottleneck']),
    mended: broken.replace('botleneck', 'bottleneck'),
    hover: expect.stringContaining('bottleneck'),
  });
  expect(file).toBe(SMALL);
});

test(':MaeSearch runs the search in the server, and its design comes into the buffer', async () => {
  const { told, messages } = await inNeovim<{ lenses: string[]; before: string; after: string; undone: string }>(
    SMALL,
    `
    tell('lenses', await('the lenses', lenses))
    local before = text()
    -- Over the backbone and over the search block stands the same one: the first menu entry will do.
    vim.ui.select = function(items, _, on_choice) on_choice(items[1], 1) end
    vim.cmd('MaeSearch')
    await('the design', function() return text() ~= before end)
    tell('after', text())
    vim.cmd('undo')
    tell('undone', text())
    `,
  );
  expect(told.lenses).toEqual(expect.arrayContaining([expect.stringMatching(/^Z \d/), 'Run search']));
  expect(told.after).toContain('backbone small {');
  expect(told.after).not.toBe(SMALL);
  expect(told.undone).toBe(SMALL);
  expect(messages).not.toMatch(/Error|stack traceback/);
});

test('source.fixAll.mae mends the whole file at once', async () => {
  const everywhere = SMALL.replace('bottleneck(out: 16', 'botleneck(out: 16').replace('evaluations', 'evalutions');
  const { told } = await inNeovim<{ titles: string[]; mended: string }>(
    everywhere,
    `
    diagnostics('the diagnostics', function(d) return d['unknown-block'] and d['unknown-setting'] end)
    local titles = choose('Fix 2 problems')
    if vim.fn.has('nvim-0.8') == 1 then
      ${documented('lua')[1]}
    else
      vim.lsp.buf.code_action({ only = { 'source.fixAll.mae' }, diagnostics = {} })
      tell('titles', await('the menu', titles))
    end
    await('the mended text', function() return not text():find('botleneck') end)
    tell('mended', text())
    `,
  );
  expect(told.titles ?? ['Fix 2 problems']).toEqual(['Fix 2 problems']);
  expect(told.mended).toBe(SMALL);
});
