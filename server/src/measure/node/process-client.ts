import { existsSync } from 'node:fs';
import { type ClientOptions, type ClientState, MeasureClient } from '../client.ts';
import { done, failed } from '../failure.ts';
import { ForkedChild, type ForkOptions } from './forked-child.ts';

export type ProcessOptions = ForkOptions & Partial<Omit<ClientOptions, 'start'>>;

/** A client whose measuring process is one of Node. */
export function processClient(
  { program, env, execArgv, ...options }: ProcessOptions,
  onState?: (state: ClientState) => void,
): MeasureClient {
  const start: ClientOptions['start'] = (patience) =>
    existsSync(program)
      ? done(new ForkedChild({ program, env, execArgv }, patience))
      : failed('backend-broken', `The measuring program ${program} is missing.`, 'Reinstall the extension.');
  return new MeasureClient({ ...options, start }, onState);
}
