import type { DocumentLink } from 'vscode-languageserver-types';
import { commentsOf } from '../language/leaves.ts';
import { rangeOf, type Snapshot } from './snapshot.ts';

/** A way to refer to something, and where it leads. */
interface Reference {
  readonly pattern: RegExp;
  /** Of what the pattern's first group matched; undefined where it leads nowhere. */
  readonly target: (found: string, documentUri: string) => string | undefined;
}

const REFERENCES: readonly Reference[] = [
  {
    // arXiv:2111.13336, arXiv 2111.13336v2, and the numbers of before 2007: arXiv:cs.CV/0112017.
    pattern: /\barXiv(?::[ \t]*|[ \t]+)(\d{4}\.\d{4,5}(?:v\d+)?\b|[a-z-]+(?:\.[A-Z]{2})?\/\d{7}(?:v\d+)?\b)/gi,
    target: (id) => `https://arxiv.org/abs/${id}`,
  },
  {
    pattern: /\bdoi:[ \t]*(10\.\d{4,9}\/[^\s"'<>«»]+)/gi,
    target: (doi) => `https://doi.org/${escaped(doi)}`,
  },
  {
    // What begins as a path and ends as a file: ./other.mae, ../docs/search.md.
    pattern: /(?<![^\s"'`(<[«,;:=])(\.{1,2}\/[^\s"'`<>()[\]|?*«»]+)/g,
    target: (path, documentUri) => (/[^/.]\.[A-Za-z]\w*$/.test(path) ? resolved(path, documentUri) : undefined),
  },
];

/** Addresses that every editor finds by itself. */
const ADDRESS = /\bhttps?:\/\/\S+/gi;

/** What comments refer to: papers by their number at arXiv or their DOI, and files by their path from this one. */
export function documentLinks(snapshot: Snapshot): DocumentLink[] {
  const comments = commentsOf(snapshot.design.parsed);
  return comments.flatMap(({ text, start }) => {
    // As long as the text, so that places stay what they are.
    const searched = text.replaceAll(ADDRESS, (address) => ' '.repeat(address.length));
    return REFERENCES.flatMap(({ pattern, target }) =>
      [...searched.matchAll(pattern)].flatMap((match): DocumentLink[] => {
        const found = withoutSentence(match[1] ?? '');
        const to = target(found, snapshot.document.uri);
        if (to === undefined) return [];
        const begin = start + match.index;
        const end = begin + match[0].length - (match[1] ?? '').length + found.length;
        return [{ range: rangeOf(snapshot, { start: begin, end }), target: to }];
      }),
    );
  });
}

/** Without what belongs to the sentence around it: stops, the end of a comment, a parenthesis that was opened before. */
function withoutSentence(found: string): string {
  const text = found.replace(/\*\/$/, '').replace(/[.,;:!?]+$/, '');
  const open = text.split('(').length < text.split(')').length;
  return open && text.endsWith(')') ? withoutSentence(text.slice(0, -1)) : text;
}

const escaped = (path: string): string => encodeURI(path).replaceAll('#', '%23').replaceAll('?', '%3F');

/** From the document's folder; a document that is in no folder has no neighbours. */
const resolved = (path: string, documentUri: string): string | undefined =>
  URL.canParse(escaped(path), documentUri) ? new URL(escaped(path), documentUri).href : undefined;
