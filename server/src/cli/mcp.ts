import manifest from '../../../package.json' with { type: 'json' };
import { EXIT } from '../answers/exit.ts';
import { INSTRUCTIONS } from '../mcp/instructions.ts';
import { prompts } from '../mcp/prompts.ts';
import { allTools } from '../mcp/registry.ts';
import { resources } from '../mcp/resources.ts';
import { say } from './output.ts';

/** The protocol is a program of its own beside this bundle: no other command pays for it. */
const PROTOCOL = new URL('./mcp.js', import.meta.url);

/** `mae mcp`: tools for agents over standard input and output, until the client closes its end. */
export async function mcp(): Promise<void> {
  // An agent that does not listen any more is gone.
  process.stdout.on('error', () => process.exit(EXIT.input));
  // Nothing but the protocol goes to standard output.
  console.log = console.error;
  if (process.stdin.isTTY) say('mae mcp speaks the Model Context Protocol: a coding agent starts it (docs/agents.md).');
  const { serve }: typeof import('../mcp/serve.ts') = await import(PROTOCOL.href);
  serve({
    name: manifest.name,
    version: manifest.version,
    instructions: INSTRUCTIONS,
    tools: allTools(),
    resources: resources(),
    prompts,
  });
}
