import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';

const ROOT = path.resolve(import.meta.dirname, '..', '..', '..');
const GRAMMAR = path.join(ROOT, 'syntaxes', 'mae.tmLanguage.json');

/** A piece of a line and the innermost scope the grammar gives it; white space has none. */
export interface Token {
  readonly text: string;
  readonly scope: string;
}

/** Reads the grammar as VS Code does, with its own engine, and returns the function that splits a text into tokens. */
export async function loadGrammar(): Promise<(text: string) => Token[][]> {
  const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
  await oniguruma.loadWASM(fs.readFileSync(wasm));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(fs.readFileSync(GRAMMAR, 'utf8'), GRAMMAR),
  });
  const grammar = await registry.loadGrammar('source.mae');
  if (!grammar) throw new Error(`${GRAMMAR} is not a grammar.`);

  return (text) => {
    let state = textmate.INITIAL;
    return text.split('\n').map((line) => {
      const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
      state = ruleStack;
      return tokens
        .map((token) => ({ text: line.slice(token.startIndex, token.endIndex), scope: token.scopes.at(-1) ?? '' }))
        .filter((token) => token.text.trim() !== '');
    });
  };
}
