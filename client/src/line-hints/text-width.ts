const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60\p{Emoji_Presentation}]/u;
const MARK = /\p{Mn}/u;

/** Columns that a line takes in an editor: tabs reach to the next stop, what is written in squares takes two. */
export function textWidth(text: string, tabSize: number): number {
  let width = 0;
  for (const character of text) {
    if (character === '\t') width += tabSize - (width % tabSize);
    else if (character >= ' ' && character <= '~') width += 1;
    else if (!MARK.test(character)) width += WIDE.test(character) ? 2 : 1;
  }
  return width;
}
