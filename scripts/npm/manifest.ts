import root from '../../package.json' with { type: 'json' };

/** What the package holds beside its manifest, its README and its licence: programs, and what these read. */
export const CONTENTS = ['dist', 'docs', 'examples', 'spaces', 'CHANGELOG.md'] as const;

/**
 * The manifest of the npm package: the command alone. Everything is bundled, so that nothing is installed with it and nothing
 * runs when it is. One `bin` lets `npx mae-det` start it, whatever it is called.
 */
export const npmManifest = () => ({
  name: root.name,
  version: root.version,
  description: 'Design, check, search and measure detection backbones on the command line.',
  keywords: root.keywords,
  license: root.license,
  homepage: root.homepage,
  repository: root.repository,
  bugs: root.bugs,
  type: 'module',
  bin: { mae: 'dist/cli.js' },
  engines: { node: root.engines.node },
  files: CONTENTS,
  exports: { './package.json': './package.json' },
  publishConfig: { access: 'public' },
});
