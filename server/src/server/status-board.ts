import type { Connection } from 'vscode-languageserver';
import { sendNotification } from './messages.ts';
import { STATUS, type StatusParams } from './protocol.ts';

export type StatusPart = 'search' | 'measure';

/** What the parts of the server are doing, as one line for the status item: work first, then what went wrong. */
export class StatusBoard {
  private readonly connection: Connection;
  private readonly parts = new Map<StatusPart, StatusParams>();
  private last = '';

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Undefined: the part has nothing to say. */
  set(part: StatusPart, status: StatusParams | undefined): void {
    if (status === undefined) this.parts.delete(part);
    else this.parts.set(part, status);
    const shown = this.combined();
    const text = JSON.stringify(shown);
    if (text === this.last) return;
    this.last = text;
    sendNotification(this.connection, STATUS, shown);
  }

  private combined(): StatusParams {
    const all = [...this.parts.values()];
    const busy = all.filter((s) => s.health === 'busy');
    const [first] = busy.length > 0 ? busy : all;
    if (first === undefined) return { health: 'ok', message: 'Ready' };
    return { ...first, message: busy.map((s) => s.message).join(', ') || first.message };
  }
}
