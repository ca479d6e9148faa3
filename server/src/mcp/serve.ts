import { McpServer, type ServerContext } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Prompt } from './prompts.ts';
import type { Resource } from './resources.ts';
import type { Tool, ToolContext } from './tool.ts';

/** What is served. It is handed in, so that this program holds the protocol and nothing else. */
export interface Served {
  readonly name: string;
  readonly version: string;
  readonly instructions: string;
  readonly tools: readonly Tool[];
  readonly resources: readonly Resource[];
  readonly prompts: readonly Prompt[];
}

/** Serves the Model Context Protocol over standard input and output: a client's first message says which version it speaks. */
export function serve(served: Served): void {
  serveStdio(() => serverOf(served));
}

function serverOf({ name, version, instructions, tools, resources, prompts }: Served): McpServer {
  const server = new McpServer({ name, version }, { instructions });
  for (const tool of tools) registerTool(server, tool);
  for (const { name: id, address, title, description, type, read } of resources)
    server.registerResource(id, address, { title, description, mimeType: type }, async ({ href }) => ({
      contents: [{ uri: href, mimeType: type, text: await read() }],
    }));
  for (const { name: id, title, description, input, text } of prompts)
    server.registerPrompt(id, { title, description, argsSchema: input }, (values) => ({
      messages: [{ role: 'user', content: { type: 'text', text: text(values) } }],
    }));
  return server;
}

function registerTool(server: McpServer, { name, title, description, input, output, readOnly, run }: Tool): void {
  const annotations = {
    readOnlyHint: readOnly,
    idempotentHint: true,
    // It may only take the place of a file where it is told so.
    destructiveHint: !readOnly,
    openWorldHint: false,
  };
  const config = { title, description, inputSchema: input, outputSchema: output, annotations };
  server.registerTool(name, config, async (values, context) => {
    const answer = await run(values, contextOf(context));
    return answer.ok
      ? { content: [{ type: 'text', text: JSON.stringify(answer.value) }], structuredContent: answer.value }
      : { content: [{ type: 'text', text: answer.message }], isError: true };
  });
}

/** Progress goes only to a client that asked for it, and never backwards. */
function contextOf({ mcpReq }: ServerContext): ToolContext {
  const progressToken = mcpReq._meta?.progressToken;
  let last = -1;
  return {
    signal: mcpReq.signal,
    progress: (share, message) => {
      if (progressToken === undefined || share <= last || mcpReq.signal.aborted) return;
      last = share;
      const params = { progressToken, progress: share, total: 1, message };
      // A client that is gone hears nothing, and the work ends by its signal.
      mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined);
    },
  };
}
