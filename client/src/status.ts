import * as vscode from 'vscode';
import type { StatusParams } from '../../server/src/server/protocol.ts';
import { COMMANDS } from './command-ids.ts';
import { sayMeasuring } from './palette.ts';

const SHOW_LOGS = { command: COMMANDS.showLogs, title: vscode.l10n.t('Show logs') };
const CANCEL = { command: COMMANDS.cancelMeasurement, title: vscode.l10n.t('Cancel') };
const DOCTOR = { command: COMMANDS.doctor, title: vscode.l10n.t('Doctor') };

/** The language status item: what the server does at the moment, and what to do when it does not. */
export class Status implements vscode.Disposable {
  private readonly item: vscode.LanguageStatusItem;

  constructor() {
    this.item = vscode.languages.createLanguageStatusItem('mae-det.status', { language: 'mae' });
    this.item.name = 'MAE-DET';
    this.show({ health: 'busy', message: vscode.l10n.t('Starting') });
  }

  show({ health, message, detail, cancel }: StatusParams): void {
    this.item.text = `MAE-DET: ${message}`;
    this.item.detail = detail ?? '';
    this.item.busy = health === 'busy';
    sayMeasuring(cancel === true);
    this.item.command = cancel === true ? CANCEL : health === 'warning' ? DOCTOR : SHOW_LOGS;
    this.item.severity =
      health === 'warning' ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
  }

  /** The server is gone for good: the item is the place that says so, and offers to start it again. */
  stopped(reason: string): void {
    this.item.busy = false;
    this.item.severity = vscode.LanguageStatusSeverity.Error;
    this.item.text = `MAE-DET: ${vscode.l10n.t('stopped')}`;
    this.item.detail = reason;
    this.item.command = { command: COMMANDS.restart, title: vscode.l10n.t('Restart') };
  }

  dispose(): void {
    this.item.dispose();
  }
}
