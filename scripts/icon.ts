// Draws media/icon.png, which the marketplace wants, from media/icon.svg. Run it after a change of the drawing.
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from '../test/vscode/setup/find.ts';

const SIDE = 256;
const media = path.resolve(import.meta.dirname, '..', 'media');

const executablePath = findChromium();
if (!executablePath) throw new Error('No Chromium on PATH; CHROMIUM may name one.');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: SIDE, height: SIDE } });
const svg = fs.readFileSync(path.join(media, 'icon.svg'), 'utf8');
await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`);
await page.screenshot({ path: path.join(media, 'icon.png'), omitBackground: true });
await browser.close();
