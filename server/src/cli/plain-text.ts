/** A passage of our documentation as a terminal shows it: paragraphs on one line each, links as their text, other sites with their address. */
export const plainText = (markdown: string): string =>
  markdown
    .replaceAll(GOES_ON, ' ')
    .replaceAll(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g, '$1 ($2)')
    .replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replaceAll(/(?<![\w*])\*{1,2}([^*\n]+)\*{1,2}(?![\w*])/g, '$1');

/** A line end before what is no empty line, item, row of a table, heading, fence, nor a labelled line of an entry. */
const GOES_ON = /(?<=[^\n])\n(?!\n|\s*(?:[-*|#>`]|\d+\.)|[\w ]{1,20}: )\s*/g;
