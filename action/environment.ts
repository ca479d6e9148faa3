import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What a workflow tells the action. */
export interface Environment {
  readonly files: readonly string[];
  /** What npm installs the command from. */
  readonly package: string;
  /** Where it is empty nothing is commented. */
  readonly token: string;
  /** The pull request, where the workflow runs for one. */
  readonly pull: { readonly number: number; readonly base: string } | undefined;
  /** A file that the page of the run shows; undefined outside of GitHub. */
  readonly summary: string | undefined;
  readonly output: string | undefined;
  /** Of the repository, without a slash at its end. */
  readonly api: string;
  readonly temp: string;
}

export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const files = (env['INPUT_FILES'] ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return {
    files: files.length === 0 ? ['.'] : files,
    package: env['INPUT_PACKAGE']?.trim() || ownPackage(),
    token: env['INPUT_TOKEN']?.trim() ?? '',
    pull: pullOf(env['GITHUB_EVENT_PATH']),
    summary: env['GITHUB_STEP_SUMMARY'],
    output: env['GITHUB_OUTPUT'],
    api: `${env['GITHUB_API_URL'] ?? 'https://api.github.com'}/repos/${env['GITHUB_REPOSITORY'] ?? ''}`,
    temp: env['RUNNER_TEMP'] ?? tmpdir(),
  };
}

/** The version that this action stands beside: whoever pins the action pins the command. */
function ownPackage(): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(import.meta.dirname, '..', 'package.json'), 'utf8'));
  const { name, version } = manifest as { readonly name: string; readonly version: string };
  return `${name}@${version}`;
}

function pullOf(file: string | undefined): Environment['pull'] {
  if (file === undefined || !existsSync(file)) return undefined;
  const event = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly pull_request?: { readonly number: number; readonly base: { readonly sha: string } };
  };
  const pull = event.pull_request;
  return pull === undefined ? undefined : { number: pull.number, base: pull.base.sha };
}
