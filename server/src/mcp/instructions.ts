/** What a client is told of the whole before it reads a tool. */
export const INSTRUCTIONS = [
  'MAE-DET designs backbones of object detectors (ResNet-like networks) within budgets of macs, layers, params or memory, by the',
  'entropy of their structure: nothing is trained, every answer takes milliseconds to seconds, and it works offline.',
  'A design is a text in the .mae language; the description of tool check has the language on one page and the way to work:',
  'write a text, check it, search it, check the answer. Resource mae://docs/language has all of the language, mae://examples has',
  'published designs, and explain says what a code or a word means. Nothing is written to disk but by search with out.',
].join('\n');
