import type { Message, Plugin } from 'esbuild';

/** What an editor takes for the beginning and the end of a build: `.vscode/tasks.json` looks for these lines. */
export const BEGINS = '[watch] build started';
export const ENDS = '[watch] build finished';

/** A problem on a line of its own, as `.vscode/tasks.json` reads it: FILE:LINE:COLUMN: error: TEXT, columns from 1. */
function problemLine(severity: 'error' | 'warning', { location, text }: Message): string {
  const said = `${severity}: ${text.replaceAll('\n', ' ')}`;
  return location === null ? said : `${location.file}:${location.line}:${location.column + 1}: ${said}`;
}

/**
 * Says of several bundles that are watched together when they are built and what is wrong. Builds that overlap are one.
 * An editor forgets all problems when a build begins, so those of bundles that were not built again are said again.
 */
export class WatchReport {
  private readonly say: (line: string) => void;
  private readonly problems = new Map<string, readonly string[]>();
  private running = 0;

  constructor(say: (line: string) => void) {
    this.say = say;
  }

  /** For the bundle of this name; it must come before all other plugins. */
  plugin(bundle: string): Plugin {
    return {
      name: 'watch-report',
      setup: (build) => {
        build.onStart(() => {
          this.running += 1;
          if (this.running === 1) this.say(BEGINS);
        });
        build.onEnd(({ errors, warnings }) => {
          this.problems.set(bundle, [
            ...errors.map((message) => problemLine('error', message)),
            ...warnings.map((message) => problemLine('warning', message)),
          ]);
          this.running -= 1;
          if (this.running === 0) this.finish();
        });
      },
    };
  }

  private finish(): void {
    const lines = new Set([...this.problems.values()].flat());
    for (const line of lines) this.say(line);
    this.say(ENDS);
  }
}
