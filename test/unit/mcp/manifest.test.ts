import { expect, test } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { languageModelTools } from '../../../scripts/agent-tools.ts';

test('the manifest has the tools that there are: node scripts/agent-tools.ts writes it', () => {
  expect(manifest.contributes.languageModelTools).toEqual(languageModelTools());
  expect(manifest.contributes.mcpServerDefinitionProviders).toEqual([{ id: 'mae-det.mcp', label: 'MAE-DET' }]);
});
