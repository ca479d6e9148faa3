import { readFileSync } from 'node:fs';
import path from 'node:path';
import manifest from '../package.json' with { type: 'json' };

const CHANGELOG = path.resolve(import.meta.dirname, '../CHANGELOG.md');

export type Notes = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

/**
 * What a changelog says of the version that a tag names: the text below its heading `## 1.2.3`, up to the next one.
 *
 * @param tag `v1.2.3`
 * @param version of the manifest, which the tag has to name
 */
export function releaseNotes(changelog: string, tag: string, version: string): Notes {
  if (tag !== `v${version}`)
    return {
      ok: false,
      message: `package.json has the version ${version}, whose tag is v${version} and not ${tag || 'empty'}.`,
    };
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((one) => one.split(/\r?\n/, 1)[0]?.trim() === version);
  const text = section?.slice(section.indexOf('\n') + 1).trim();
  if (text === undefined || text === '')
    return { ok: false, message: `CHANGELOG.md has nothing under «## ${version}»: write there what is new.` };
  return { ok: true, text };
}

/** `npm run release-notes -- v1.2.3` prints them; the release workflow does, too. */
if (import.meta.main) {
  const notes = releaseNotes(readFileSync(CHANGELOG, 'utf8'), process.argv[2] ?? '', manifest.version);
  if (notes.ok) console.log(notes.text);
  else {
    console.error(notes.message);
    process.exitCode = 1;
  }
}
