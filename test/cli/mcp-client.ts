import { Client, type ClientOptions } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterEach } from 'vitest';
import { CLI } from './mae.ts';

const clients: Client[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});

/** A client of the protocol's own library that started `mae mcp` in a folder. */
export async function connected(cwd: string, options: ClientOptions = {}): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' }, options);
  clients.push(client);
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [CLI, 'mcp'], cwd, stderr: 'pipe' }),
  );
  return client;
}

/** What a tool answered: its structured content, or why it could not. */
export interface Answer {
  readonly value: Readonly<Record<string, unknown>> | undefined;
  readonly error: string | undefined;
}

export async function call(
  client: Client,
  name: string,
  input: Record<string, unknown>,
  options: Parameters<Client['callTool']>[1] = {},
): Promise<Answer> {
  const { content, structuredContent, isError } = await client.callTool({ name, arguments: input }, options);
  const said = (content ?? []).flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
  return isError === true
    ? { value: undefined, error: said }
    : { value: structuredContent as Answer['value'], error: undefined };
}
