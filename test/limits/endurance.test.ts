import { expect, test } from 'vitest';
import { fileOf } from '../../bench/editor-text.ts';
import { endurance } from '../unit/support/endurance.ts';

test.each([
  { title: 'four backbones of ten groups', backbones: 4, groups: 10 },
  { title: 'one backbone of forty groups', backbones: 1, groups: 40 },
])(
  '10,000 random edits of $title leave nothing behind and know what a fresh read knows',
  (shape) => {
    const { early, late, checked, wrong } = endurance(fileOf(shape), 10_000);
    expect({ checked, wrong }).toEqual({ checked: 100, wrong: 0 });
    expect(late).toBeLessThan(1.1 * early);
  },
  120_000,
);
