/** Where the lines of a text begin. Offsets are best asked for in the order of the text: the last answer is remembered. */
export class LineTable {
  private readonly starts: number[] = [0];
  private current = 0;

  constructor(text: string) {
    for (let at = nextBreak(text, 0); at < text.length; at = nextBreak(text, at)) {
      // \r\n is one line end.
      at += text.charCodeAt(at) === 0x0d && text.charCodeAt(at + 1) === 0x0a ? 2 : 1;
      this.starts.push(at);
    }
  }

  /** Number of the line of an offset, from 0. */
  at(offset: number): number {
    const { starts } = this;
    let line = this.current;
    while (line > 0 && (starts[line] ?? 0) > offset) line -= 1;
    while (line + 1 < starts.length && (starts[line + 1] ?? 0) <= offset) line += 1;
    this.current = line;
    return line;
  }

  startOf(line: number): number {
    return this.starts[line] ?? 0;
  }
}

function nextBreak(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || code === 0x0d) return at;
  }
  return text.length;
}
