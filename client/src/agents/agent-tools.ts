import * as vscode from 'vscode';
import { ToolProcess } from './tool-process.ts';

/** As the manifest has them; a test holds it to the tools that there are. */
const PROVIDER = 'mae-det.mcp';
const PREFIX = 'mae_';

/**
 * What agents in VS Code get: the Model Context Protocol's server, and the same tools as language-model tools. Hosts that
 * know neither have neither. No process runs before an agent wants something.
 */
export function offerAgentTools(context: vscode.ExtensionContext): vscode.Disposable[] {
  const cli = context.asAbsolutePath('dist/cli.js');
  const folder = (): string =>
    vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath ?? context.extensionPath;
  // An older host, or another make of it, may lack what the types promise.
  const lm: Partial<typeof vscode.lm> | undefined = vscode.lm;
  const tools = new ToolProcess(cli, folder);
  return [
    tools,
    ...(lm?.registerMcpServerDefinitionProvider === undefined ? [] : [offerServer(context, cli, folder)]),
    ...(lm?.registerTool === undefined ? [] : toolNames(context).map((name) => offerTool(name, tools))),
  ];
}

function offerServer({ extension }: vscode.ExtensionContext, cli: string, folder: () => string): vscode.Disposable {
  return vscode.lm.registerMcpServerDefinitionProvider(PROVIDER, {
    provideMcpServerDefinitions: () => {
      const { version } = extension.packageJSON as { readonly version: string };
      const env = { ELECTRON_RUN_AS_NODE: '1' };
      const server = new vscode.McpStdioServerDefinition('MAE-DET', process.execPath, [cli, 'mcp'], env, version);
      server.cwd = vscode.Uri.file(folder());
      return [server];
    },
  });
}

/** Those of the manifest. */
function toolNames({ extension }: vscode.ExtensionContext): string[] {
  const { contributes } = extension.packageJSON as {
    readonly contributes?: { readonly languageModelTools?: readonly { readonly name: string }[] };
  };
  return (contributes?.languageModelTools ?? []).map(({ name }) => name);
}

const offerTool = (name: string, tools: ToolProcess): vscode.Disposable =>
  vscode.lm.registerTool<object>(name, {
    prepareInvocation: ({ input }) => {
      const out = 'out' in input ? input.out : undefined;
      if (typeof out !== 'string') return {};
      // It is the one thing that writes.
      const message = vscode.l10n.t('The design that is found is written to {0}.', out);
      return { confirmationMessages: { title: vscode.l10n.t('Write a design'), message } };
    },
    invoke: async ({ input }, token) => {
      const abort = new AbortController();
      const listening = token.onCancellationRequested(() => abort.abort());
      try {
        const { text, failed } = await tools.call(name.slice(PREFIX.length), input, abort.signal);
        // A language model mends its call by what an error says.
        if (failed) throw new Error(text);
        return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
      } finally {
        listening.dispose();
      }
    },
  });
