import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Measured, MeasureRequest } from './messages.ts';

/** Results kept: some thousand bytes each. */
const KEPT = 500;

/**
 * Answers by content: the same network, input, activation, seed and draws on the same device give the same numbers, so
 * saving a file again costs nothing, whatever was renamed or commented in it.
 */
export class MeasureCache {
  private readonly entries = new Map<string, Measured>();
  /** What each choice, `auto` for one, came to last time: the key names the device that computed. */
  private readonly devices = new Map<string, string>();

  get(request: MeasureRequest): Measured | undefined {
    const device = this.devices.get(choiceOf(request));
    if (device === undefined) return undefined;
    const key = keyOf(request, device);
    const found = this.entries.get(key);
    if (found === undefined) return undefined;
    // Used last, dropped last.
    this.entries.delete(key);
    this.entries.set(key, found);
    return found;
  }

  put(request: MeasureRequest, measured: Measured): void {
    const device = `${measured.backend.name} ${measured.backend.device}`;
    this.devices.set(choiceOf(request), device);
    this.entries.set(keyOf(request, device), measured);
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= KEPT) break;
      this.entries.delete(oldest);
    }
  }

  /** After settings or drivers changed: the next `auto` may come to another device. */
  forgetDevices(): void {
    this.devices.clear();
  }
}

const choiceOf = (request: MeasureRequest): string => JSON.stringify([request.backend, request.settings]);

function keyOf(request: MeasureRequest, device: string): string {
  const { plan, activation, seed, draws, batch, zenDraws, zenBatch } = request;
  // Stage names are only carried along; everything else decides the numbers.
  const text = JSON.stringify([plan, activation, seed, draws, batch, zenDraws, zenBatch, device]);
  return bytesToHex(sha256(utf8ToBytes(text)));
}
