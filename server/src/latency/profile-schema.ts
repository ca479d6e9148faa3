import * as z from 'zod';
import { PROFILE } from './read-profile.ts';

/** The text of `schemas/maeprofile.schema.json`: the form of a profile for editors and other programs. */
export const profileSchema = (): string =>
  `${JSON.stringify({ title: "A device's times for MAE-DET", ...z.toJSONSchema(PROFILE) }, undefined, 2)}\n`;
