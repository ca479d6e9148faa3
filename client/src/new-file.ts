import * as vscode from 'vscode';

/** A design to begin with: small enough to read at once, with a budget and a search, so that everything can be tried. */
const TEMPLATE = `// Each line is a group of blocks. Hints show its shape, entropy and cost; hover for the formulas.
backbone my_net {
  input 3 x 480 x 480                                   // channels x height x width

  stem     conv(out: 32, k: 3, s: 2)
  stage C2 bottleneck(out: 128,  btn: 32,  k: 3, s: 2) x 1
  stage C3 bottleneck(out: 256,  btn: 64,  k: 3, s: 2) x 1
  stage C4 bottleneck(out: 512,  btn: 128, k: 3, s: 2) x 1
  stage C5 bottleneck(out: 1024, btn: 256, k: 3, s: 2) x 1
}

budget small {
  macs   <= 4G
  layers <= 60
}

search {                                                // run it by the lens above this line
  start my_net
  within small
  evaluations 96000
  seed 0
}
`;

/** A new file from the template; an empty .mae file that is in front is filled instead. */
export async function newFile(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId === 'mae' && editor.document.getText().trim() === '') {
    const whole = new vscode.Range(0, 0, editor.document.lineCount, 0);
    await editor.edit((edit) => edit.replace(whole, TEMPLATE));
    return;
  }
  const document = await vscode.workspace.openTextDocument({ language: 'mae', content: TEMPLATE });
  await vscode.window.showTextDocument(document);
}
