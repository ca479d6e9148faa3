import { ourNotification, ourRequest } from './message.ts';

export { profileFile } from '../../latency/profile.ts';

export interface StatusParams {
  readonly health: 'ok' | 'busy' | 'warning';
  readonly message: string;
  /** The cause and the next step, where something does not work. */
  readonly detail?: string;
  /** Whether CANCEL_MEASURE_COMMAND ends what is running. */
  readonly cancel?: boolean;
}

/** server → client. What the status item shows: sent when it changes. */
export const STATUS = ourNotification<StatusParams>('mae/status');

/** What a client tells about itself when the server starts. */
export interface InitializationOptions {
  /** The command that lenses run; other clients leave it out and get RUN_SEARCH_COMMAND, which the server executes. */
  readonly runSearchCommand?: string;
  /** The command that opens an entry of the glossary; other clients leave it out and get links to its file. */
  readonly glossaryCommand?: string;
  /** The command that makes a profile of this machine; only a client that can run the program has one. Takes {uri, device}. */
  readonly makeProfileCommand?: string;
  /** The client draws the numbers at the lines itself, by LINE_HINTS_REQUEST, and wants no inlay hints. */
  readonly drawsHints?: boolean;
  /** Folders in which the CUDA package may be installed, beside the one of the settings. */
  readonly cudaFolders?: readonly string[];
  /** Whether the workspace's own folders may be searched for the CUDA package too, whose code is then run. */
  readonly workspaceTrusted?: boolean;
  /** Settings for clients without `workspace/configuration`. */
  readonly settings?: unknown;
}

/** client → server, without parameters. The person trusts the workspace from now on: see `workspaceTrusted`. */
export const WORKSPACE_TRUSTED = ourNotification<void>('mae/workspaceTrusted');

/** Executed by the server: measures a backbone, or all of a file, now. Takes {uri, backbone?}. */
export const MEASURE_COMMAND = 'mae.measure';

/** Executed by the server: ends the measurements that run. */
export const CANCEL_MEASURE_COMMAND = 'mae.cancelMeasurement';

export interface DoctorAnswer {
  /** For the log: one paragraph per backend with device, versions, speed, cause and next step. */
  readonly text: string;
}

/** client → server. Opens, proves and times every measuring backend: what the Doctor command shows. */
export const DOCTOR_REQUEST = ourRequest<void, DoctorAnswer>('mae/doctor');

export interface ProgramFileParams {
  /** Of the extension's folder dist/web. */
  readonly name: string;
}

/** server → client, in a browser: a file of our own that is only read when it is needed, and that only the editor can read. As base64. */
export const PROGRAM_FILE_REQUEST = ourRequest<ProgramFileParams, string>('mae/programFile');
