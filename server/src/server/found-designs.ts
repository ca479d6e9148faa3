import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Backbone } from '../backbone/backbone.ts';
import { designEdits } from '../features/design-edits.ts';
import { textEdits } from '../features/edit-action.ts';
import type { Snapshot } from '../features/snapshot.ts';
import { readDesign } from '../language/design.ts';
import { applyEdits } from '../language/rewrite.ts';
import type { DesignEditAnswer, DesignEditParams } from './protocol.ts';

/** Designs are forgotten in the order in which they were met last: the front of a search and the best of many. */
const KEPT = 4000;

/** The designs that searches met, by an id that follows from the design: the same one has the same id everywhere. */
export class FoundDesigns {
  private readonly known = new Map<string, Backbone>();

  /** Keeps a design; gives its id. */
  keep(design: Backbone): string {
    const id = bytesToHex(sha256(utf8ToBytes(JSON.stringify(design)))).slice(0, 32);
    this.known.delete(id);
    this.known.set(id, design);
    for (const oldest of this.known.keys()) {
      if (this.known.size <= KEPT) break;
      this.known.delete(oldest);
    }
    return id;
  }

  /** What a design would change in a text, which may be newer than the one that it was searched from. */
  editOf(snapshot: Snapshot, { id, text: given }: Pick<DesignEditParams, 'id' | 'text'>): DesignEditAnswer {
    const design = this.known.get(id) ?? (given === undefined ? undefined : readDesign(given).backbones[0]?.backbone);
    if (design === undefined) return { kind: 'unknown' };
    const target = snapshot.backbones.find((b) => b.source.name === design.name)?.source;
    if (target === undefined) return { kind: 'gone' };
    const edits = designEdits(snapshot.design, target, design);
    const text = applyEdits(snapshot.document.getText(), edits);
    return { kind: 'edit', version: snapshot.document.version, edits: textEdits(snapshot, edits), text };
  }
}
