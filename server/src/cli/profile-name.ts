import { cpus } from 'node:os';
import path from 'node:path';
import { PROFILE_SUFFIX } from '../latency/profile.ts';

/** What the processor is called, for people. */
export const deviceName = (): string => cpus()[0]?.model.trim() || process.arch;

/** The device's name in a budget: what its file is called. */
export const nameOf = (file: string): string => path.basename(file).slice(0, -PROFILE_SUFFIX.length);
