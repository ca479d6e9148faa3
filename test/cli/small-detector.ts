import { SMALL } from './mae.ts';

/** The small backbone with a detector on it, at an input of its own. */
export const DETECTOR = `${SMALL.slice(0, SMALL.indexOf('budget'))}detector whole {
  backbone small
  input 3 x 320 x 320
  classes 20
  neck fpn(out: 64)
  head gfl(width: 64, convs: 2)
}
`;

/** The budget is the detector's: its backbone alone is far below it. */
export const SEARCHED = `${DETECTOR}
budget phone {
  macs   <= 1G
  params <= 1M
  layers <= 40
}

search {
  start whole
  within phone
  evaluations 3000
}
`;
