import { spawn, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { packageNpm } from '../../scripts/npm/package-npm.ts';
import { ended, type Run, SMALL } from './mae.ts';

const ACTION = path.resolve(import.meta.dirname, '../../action');
const MINUTES = 180_000;

/** Fresh for each test: a repository with a commit, and the checkout of a pull request on it. */
class Repository {
  readonly path = mkdtempSync(path.join(tmpdir(), 'mae-action-'));
  base = '';

  constructor(files: Readonly<Record<string, string>>) {
    this.git('init', '--quiet', '--initial-branch=main');
    this.write(files);
    this.base = this.commit();
  }

  git(...args: string[]): string {
    const set = ['user.name=a', 'user.email=a@b.c', 'commit.gpgsign=false', 'core.autocrlf=false'];
    const { status, stdout, stderr } = spawnSync('git', [...set.flatMap((one) => ['-c', one]), ...args], {
      cwd: this.path,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    return stdout.trim();
  }

  write(files: Readonly<Record<string, string | undefined>>): void {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(this.path, name);
      mkdirSync(path.dirname(file), { recursive: true });
      if (text === undefined) rmSync(file);
      else writeFileSync(file, text);
    }
  }

  commit(): string {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message=x');
    return this.git('rev-parse', 'HEAD');
  }
}

/** The routes of GitHub that the action calls. */
interface Hub {
  readonly server: Server;
  readonly comments: { id: number; body: string }[];
  forbidden: boolean;
}

function hub(): Hub {
  const comments: { id: number; body: string }[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    request.on('end', () => {
      const send = (code: number, value: unknown): void => {
        response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(value));
      };
      const route = `${request.method} ${request.url?.replace(/\?.*/, '')}`;
      if (request.headers.authorization !== 'Bearer secret') return send(401, {});
      if (route === 'GET /repos/a/b/issues/3/comments') return send(200, comments);
      if (own.forbidden) return send(403, {});
      const { body = '' } = JSON.parse(text) as { readonly body?: string };
      if (route === 'POST /repos/a/b/issues/3/comments') comments.push({ id: 7, body });
      else if (route === 'PATCH /repos/a/b/issues/comments/7' && comments[0] !== undefined) comments[0].body = body;
      else return send(404, {});
      return send(200, {});
    });
  });
  const own: Hub = { server, comments, forbidden: false };
  return own;
}

describe('the step of the action', () => {
  let temp = '';
  let packed = '';
  let github = hub();
  const repositories: Repository[] = [];

  beforeAll(async () => {
    temp = mkdtempSync(path.join(tmpdir(), 'mae-runner-'));
    packed = await packageNpm(path.join(temp, 'packing'));
  }, MINUTES);
  beforeEach(async () => {
    github = hub();
    await new Promise<void>((resolve) => github.server.listen(0, '127.0.0.1', resolve));
    return () => void github.server.close();
  });
  afterAll(() => {
    for (const folder of [temp, ...repositories.map((one) => one.path)])
      rmSync(folder, { recursive: true, force: true });
  });

  interface Step {
    readonly pull?: boolean;
    readonly token?: string;
    readonly files?: string;
    readonly package?: string;
  }

  interface Told extends Run {
    readonly summary: string;
    readonly output: string;
  }

  async function step(
    repository: Repository,
    { pull = true, token = '', files = '.', ...how }: Step = {},
  ): Promise<Told> {
    const place = (name: string): string => path.join(temp, name);
    const event = { pull_request: { number: 3, base: { sha: repository.base } } };
    writeFileSync(place('event.json'), JSON.stringify(pull ? event : {}));
    for (const name of ['summary', 'output']) writeFileSync(place(name), '');
    const child = spawn(process.execPath, [path.join(ACTION, 'run.ts')], {
      cwd: repository.path,
      env: {
        ...process.env,
        npm_config_offline: 'true',
        INPUT_FILES: files,
        INPUT_PACKAGE: how.package ?? packed,
        INPUT_TOKEN: token,
        RUNNER_TEMP: temp,
        GITHUB_EVENT_PATH: place('event.json'),
        GITHUB_STEP_SUMMARY: place('summary'),
        GITHUB_OUTPUT: place('output'),
        GITHUB_API_URL: `http://127.0.0.1:${(github.server.address() as AddressInfo).port}`,
        GITHUB_REPOSITORY: 'a/b',
      },
    });
    const run = await ended(child);
    return { ...run, summary: readFileSync(place('summary'), 'utf8'), output: readFileSync(place('output'), 'utf8') };
  }

  function repository(files: Readonly<Record<string, string>>): Repository {
    const made = new Repository(files);
    repositories.push(made);
    return made;
  }

  test('says what a pull request changes, file by file and design by design', { timeout: MINUTES }, async () => {
    const own = repository({ 'designs/a, b.mae': SMALL, 'gone.mae': SMALL, 'same.mae': SMALL });
    own.write({
      'designs/a, b.mae': SMALL.replace('out: 32, btn: 16', 'out: 40, btn: 16').replace(
        'btn: 16, k: 3, s: 2) x 1',
        'btn: 16, k: 3, s: 2) x 2',
      ),
      'gone.mae': undefined,
      'new.mae': SMALL,
    });
    own.commit();
    const { exit, stdout, summary, output } = await step(own);
    expect({ exit, output, stdout }).toEqual({ exit: 0, output: 'errors=0\n', stdout: '' });
    expect(summary).toMatch(/^### MAE-DET: no errors\n/);
    const [, changed, gone, added] = summary.split('#### ');
    expect(changed).toMatch(/^designs\/a, b\.mae\n\n\*\*backbone small\*\*\n\n\| \| before \| after \| change \|\n/);
    expect(changed).toMatch(/^\| layers \| 13 \| 16 \| \+23 % \|$/m);
    expect(changed).toMatch(/^\| layers of budget tiny \| 33 % of 40 \| 40 % of 40 \| {2}\|$/m);
    expect(gone).toBe('gone.mae\n\nRemoved: backbone small.\n\n');
    expect(added).toBe('new.mae\n\nNew: backbone small.\n');
    expect(github.comments).toEqual([]);
  });

  test('fails on errors and on the layout, at their lines', { timeout: MINUTES }, async () => {
    const own = repository({ 'a.mae': SMALL });
    own.write({ 'a.mae': SMALL.replace('k: 3, s: 2)', 'k: 4, s: 2)'), 'b.mae': SMALL.replace('  input', ' input') });
    own.commit();
    const { exit, stdout, summary, output } = await step(own, { files: 'a.mae\n b.mae \n\n' });
    expect(exit).toBe(1);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toContainEqual(expect.stringMatching(/^::error file=b\.mae,line=1,col=1,title=mae format::/));
    expect(lines).toContainEqual(expect.stringMatching(/^::error file=a\.mae,line=4,.*::.*odd/));
    expect(output).toBe('errors=2\n');
    expect(summary).toContain('### MAE-DET: 2 errors');
    expect(summary).toContain('This file cannot be compared: error');
  });

  test('comments once and keeps that up to date, where a token is given', { timeout: MINUTES }, async () => {
    const own = repository({ 'a.mae': SMALL });
    own.write({ 'a.mae': SMALL.replace('out: 96', 'out: 88') });
    own.commit();
    expect((await step(own, { token: 'secret' })).exit).toBe(0);
    expect(github.comments.map(({ body }) => body)).toEqual([expect.stringMatching(/^<!-- mae-det -->\n### MAE-DET/)]);
    const before = github.comments[0]?.body;
    own.write({ 'a.mae': SMALL.replace('out: 96', 'out: 80') });
    own.commit();
    expect((await step(own, { token: 'secret' })).exit).toBe(0);
    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]?.body).not.toBe(before);
    github.forbidden = true;
    const denied = await step(own, { token: 'secret' });
    expect(denied).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining('::notice title=MAE-DET::There is no comment'),
    });
    expect(denied.summary).toContain('| macs |');
  });

  test('fetches the base where the checkout has one commit alone', { timeout: MINUTES }, async () => {
    const origin = repository({ 'a.mae': SMALL });
    origin.write({ 'a.mae': SMALL.replace('out: 96', 'out: 88') });
    origin.commit();
    const own = repository({});
    own.git('remote', 'add', 'origin', pathToFileURL(origin.path).href);
    own.git('fetch', '--quiet', '--depth=1', 'origin', 'main');
    own.git('checkout', '--quiet', 'FETCH_HEAD');
    own.base = origin.base;
    expect((await step(own)).summary).toContain('| macs |');
  });

  test('without a pull request it checks alone; what cannot be done says why', { timeout: MINUTES }, async () => {
    const own = repository({ 'a.mae': SMALL });
    expect(await step(own, { pull: false })).toMatchObject({
      exit: 0,
      stdout: '',
      summary: '### MAE-DET: no errors\n',
    });
    own.base = 'main; echo hacked';
    expect((await step(own)).stdout).toMatch(/^::notice title=MAE-DET::Nothing is compared: .* is no commit\n$/);
    const missing = await step(own, { package: './nowhere.tgz' });
    expect(missing).toMatchObject({
      exit: 2,
      stdout: expect.stringMatching(/^::error title=MAE-DET::npm could not install/),
    });
  });
});

describe('action.yml', () => {
  const text = readFileSync(path.join(ACTION, 'action.yml'), 'utf8').replaceAll('\r\n', '\n');
  /** The keys below a key at the margin. */
  const keys = (of: string): string[] => {
    const block = new RegExp(`^${of}:\\n((?: .*\\n)*)`, 'm').exec(text)?.[1] ?? '';
    return [...block.matchAll(/^ {2}([\w-]+):$/gm)].map(([, key = '']) => key);
  };

  test('has the inputs that the step is handed, each with a description and a default, and no others', () => {
    const inputs = keys('inputs');
    expect(inputs.length).toBeGreaterThan(2);
    const handed = [...text.matchAll(/^ +(INPUT_\w+): \$\{\{ inputs\.([\w-]+) \}\}$/gm)];
    expect(handed.map(([, , input]) => input).toSorted()).toEqual(inputs.toSorted());
    expect(text.match(/\binputs\.\w+/g)).toHaveLength(inputs.length);
    const read = readFileSync(path.join(ACTION, 'environment.ts'), 'utf8').match(/INPUT_\w+/g) ?? [];
    expect([...new Set(read)].toSorted()).toEqual(handed.map(([, name]) => name).toSorted());
    for (const input of inputs) {
      expect(text).toMatch(new RegExp(`^  ${input}:\\n    description: .+\\n    default: `, 'm'));
      expect(readFileSync(path.resolve(ACTION, '../docs/ci.md'), 'utf8')).toContain(`\`${input}\``);
    }
  });

  test('has the outputs that the step writes', () => {
    expect(keys('outputs')).toEqual(['errors']);
    const [, id] = /steps\.(\w+)\.outputs\.errors/.exec(text) ?? [];
    expect(text).toMatch(new RegExp(`^    - id: ${id}$`, 'm'));
    expect(readFileSync(path.join(ACTION, 'run.ts'), 'utf8')).toContain('`errors=$' + '{errors}\\n`');
  });

  test('hands nothing that a person wrote to the shell, and runs a script that is there', () => {
    const runs = [...text.matchAll(/^ +run: (.*)$/gm)].map(([, run = '']) => run);
    expect(runs.length).toBeGreaterThan(0);
    for (const run of runs) expect(run).not.toContain('$' + '{{');
    for (const [, file = ''] of text.matchAll(/\$GITHUB_ACTION_PATH\/([\w.-]+)/g))
      expect(existsSync(path.join(ACTION, file))).toBe(true);
  });

  test('its scripts import nothing but Node and one another: nothing is installed for them', () => {
    const imports = globSync('*.ts', { cwd: ACTION }).flatMap((file) =>
      [...readFileSync(path.join(ACTION, file), 'utf8').matchAll(/from '([^']+)'/g)].map(([, from = '']) => from),
    );
    expect(imports.filter((from) => !from.startsWith('node:') && !from.startsWith('./'))).toEqual([]);
  });
});
