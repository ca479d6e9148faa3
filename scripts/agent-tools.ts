import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { allTools } from '../server/src/mcp/registry.ts';

/** `node scripts/agent-tools.ts` writes the tools of agents into the manifest, which VS Code reads before it starts us. */
const MANIFEST = path.resolve(import.meta.dirname, '../package.json');

const ICONS: Readonly<Record<string, string>> = {
  check: '$(check)',
  score: '$(symbol-numeric)',
  what_if: '$(lightbulb)',
  search: '$(search)',
  compare: '$(diff)',
  inspect: '$(inspect)',
  explain: '$(question)',
};

/** «what_if» is #maeWhatIf in a prompt. */
const referenceName = (name: string): string =>
  `mae${name.replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())}`;

/** `contributes.languageModelTools`: the names have a prefix, because they are of all extensions together. */
export const languageModelTools = () =>
  allTools().map(({ name, description, input }) => {
    const { $schema: _, ...inputSchema } = z.toJSONSchema(input, { io: 'input' });
    return {
      name: `mae_${name}`,
      displayName: `%tool.${name}%`,
      modelDescription: description,
      userDescription: `%tool.${name}.about%`,
      canBeReferencedInPrompt: true,
      toolReferenceName: referenceName(name),
      icon: ICONS[name] ?? '$(tools)',
      tags: ['mae-det', 'neural-architecture-search'],
      inputSchema,
    };
  });

if (import.meta.main) {
  const manifest = JSON.parse(readFileSync(MANIFEST, 'utf8'));
  manifest.contributes.mcpServerDefinitionProviders = [{ id: 'mae-det.mcp', label: 'MAE-DET' }];
  manifest.contributes.languageModelTools = languageModelTools();
  writeFileSync(MANIFEST, `${JSON.stringify(manifest, undefined, 2)}\n`);
}
