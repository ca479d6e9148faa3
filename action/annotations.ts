/** Text as the value of a workflow command. */
export const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

/** Text as a property of one. */
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** A line `file:line:column: error[code]: message` as an annotation; any other line as it is, where it is no command. */
export function annotation(line: string): string {
  const [, file = '', row = '', column = '', code = '', message = ''] =
    /^(.+?):(\d+):(\d+): error\[([\w-]+)\]: (.*)$/.exec(line) ?? [];
  if (file === '') return line.replace(/^::/, ': :');
  return `::error file=${property(file)},line=${row},col=${column},title=${property(`mae ${code}`)}::${data(message)}`;
}
