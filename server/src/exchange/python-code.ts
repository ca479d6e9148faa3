const MAX_SHOWN = 40;

const shorten = (text: string): string => {
  const line = text.replace(/\s+/gu, ' ');
  return line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN)}…` : line;
};

/** Names that other languages use for what Python spells with a capital letter. */
const MEANT: Readonly<Record<string, string>> = { true: 'True', false: 'False', null: 'None', none: 'None' };

/** Why a piece of Python is not read, and what would be. `name` is the grammar's name for it. */
export function describeCode(name: string, text: string): string {
  const shown = shorten(text);
  switch (name) {
    case 'VariableName': {
      const meant = MEANT[text.toLowerCase()];
      return meant !== undefined
        ? `'${shown}' is a name: write ${meant}.`
        : `'${shown}' is a name, and names have no value here: write the number, or the text in quotes.`;
    }
    case 'CallExpression':
      return `'${shown}' is a call, and code in a structure is never run: write the value itself.`;
    case 'FormatString':
      return 'An f-string is code, and code is never run: write a plain string, without the f.';
    case 'BinaryExpression':
    case 'UnaryExpression':
      return `'${shown}' would have to be computed, and code is never run: write the result.`;
    case 'SetExpression':
      return 'This is a set: write [ … ] for a list, or key: value pairs for a block.';
    case 'ArrayComprehensionExpression':
    case 'DictionaryComprehensionExpression':
    case 'SetComprehensionExpression':
    case 'ComprehensionExpression':
      return 'A comprehension is code, and code is never run: write its elements out.';
    case 'AssignStatement':
      return `Leave out what stands before the value: the file is the list itself, not '${shown}'.`;
    case '*':
    case '**':
      return `${name} unpacks another value, which is code: write the elements out.`;
    default:
      return `'${shown}' is code, and code in a structure is never run: only lists, dicts, strings and numbers may stand here.`;
  }
}
