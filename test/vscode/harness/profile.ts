import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export type Settings = Readonly<Record<string, unknown>>;

/** Quiet, the same on every machine, and trusted, as most folders are that a person works in. */
const SETTINGS: Settings = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.enableExperiments': false,
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'files.autoSave': 'off',
  'window.restoreWindows': 'none',
};

/** Folders that one run of VS Code has for itself and that go away with it. */
export interface Profile {
  readonly root: string;
  readonly workspace: string;
  readonly userData: string;
  readonly extensions: string;
  readonly browser: string;
  readonly config: string;
  readonly serverLog: string;
}

/** Contents of files by their path in the workspace, or a folder to copy. */
export type Workspace = string | Readonly<Record<string, string | Uint8Array>>;

export function createProfile(workspace: Workspace, settings: Settings = {}): Profile {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'mae-vscode-'));
  const profile: Profile = {
    root,
    workspace: path.join(root, 'workspace'),
    userData: path.join(root, 'user-data'),
    extensions: path.join(root, 'extensions'),
    browser: path.join(root, 'browser'),
    config: path.join(root, 'config.yaml'),
    serverLog: path.join(root, 'code-server.log'),
  };
  for (const folder of [profile.extensions, profile.workspace, path.join(profile.userData, 'User')]) {
    fs.mkdirSync(folder, { recursive: true });
  }
  fillWorkspace(profile.workspace, workspace);
  const all = JSON.stringify({ ...SETTINGS, ...settings }, null, 2);
  fs.writeFileSync(path.join(profile.userData, 'User', 'settings.json'), all);
  fs.writeFileSync(profile.config, 'auth: none\ncert: false\n');
  return profile;
}

export function removeProfile(profile: Profile): void {
  fs.rmSync(profile.root, { recursive: true, force: true, maxRetries: 5 });
}

/** Copies the logs of the editor's server and of its extension host, for whoever looks into a failure. */
export function keepLogs(profile: Profile, folder: string): void {
  const logs = path.join(profile.userData, 'logs');
  if (fs.existsSync(logs)) fs.cpSync(logs, folder, { recursive: true });
  if (fs.existsSync(profile.serverLog))
    fs.cpSync(profile.serverLog, path.join(folder, path.basename(profile.serverLog)));
}

function fillWorkspace(folder: string, workspace: Workspace): void {
  if (typeof workspace === 'string') {
    fs.cpSync(workspace, folder, { recursive: true });
    return;
  }
  for (const [name, text] of Object.entries(workspace)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
}
