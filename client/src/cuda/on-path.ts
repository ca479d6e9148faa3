import { accessSync, constants } from 'node:fs';
import path from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether a program can be started by its name. On Windows names have one of several endings, and PATH any case. */
export function isOnPath(program: string, environment: Environment, platform: NodeJS.Platform): boolean {
  const windows = platform === 'win32';
  const variable = (name: string): string =>
    Object.entries(environment).find(([key]) => (windows ? key.toUpperCase() : key) === name)?.[1] ?? '';
  const endings = windows ? (variable('PATHEXT') || '.COM;.EXE;.BAT;.CMD').split(';') : [''];
  const folders = variable('PATH').split(windows ? ';' : ':');
  return folders.some(
    (folder) => folder !== '' && endings.some((ending) => isProgram(path.join(folder, program + ending))),
  );
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
