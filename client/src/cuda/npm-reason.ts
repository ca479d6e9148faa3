/** Lines by which npm says where to look instead of what is wrong. */
const NOISE = [
  /^(code|errno|syscall|path|command|gyp|cwd|notarget|E\d+)\b/i,
  /^a complete log of this run/i,
  /^(at |\^|Node\.js v|\*|>)/,
  /^404(\s+(Note|tarball|The requested|'))?\s*$/i,
  /^404\s+(Note that|tarball,|The requested resource)/i,
  /^network (This is a problem|In most cases|'proxy')/i,
];

/** «npm error », and «npm ERR! » of older ones. */
const PREFIX = /^npm (error|ERR!)\s*/;

/**
 * What went wrong, out of everything that npm wrote: the last line of an error of its own or of an install script that
 * is no stack frame, path or hint at a log file. Empty when there is none.
 */
export function npmReason(lines: readonly string[]): string {
  const errors = lines.filter((line) => PREFIX.test(line)).map((line) => line.replace(PREFIX, '').trim());
  const meaningful = (errors.length > 0 ? errors : lines.map((line) => line.trim())).filter(
    (line) => line !== '' && !NOISE.some((noise) => noise.test(line)),
  );
  // Scripts print what they do before they fail, so that an error is the better message wherever there is one.
  return meaningful.findLast((line) => /error|fail|not found|denied|reason:/i.test(line)) ?? meaningful.at(-1) ?? '';
}
