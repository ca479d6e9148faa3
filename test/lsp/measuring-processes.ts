import { processesOf } from './processes.ts';

/** Process numbers of the measuring programs that this server has started. */
export const measuringProcesses = (server: number): number[] => processesOf(server, 'measure.js');
