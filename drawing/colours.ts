/** Colours of drawings where no theme reaches: in a picture that stands alone, and in a report. */
export const LIGHT = `
svg { font: 11px sans-serif; }
text { fill: #1f1f1f; } .name { font-size: 14px; font-weight: 600; }
.hit { fill: none; } .brace, .node { stroke: #6e6e6e; } .node { fill: none; }
.edge polyline { fill: none; stroke: #6e6e6e; } .edge polygon { fill: #6e6e6e; }
.block { fill: #2f6fb3; } .conv { fill: #6e6e6e; } .maxpool { fill: #b3b3b3; }
.neck { fill: #7a4fa3; } .head { fill: #0b7f9e; }
.cost { fill: #b3541e; } .gain { fill: #2a7a46; } .loss { fill: #a1260d; }`;

export const DARK = `
  text { fill: #e6e6e6; }
  .block { fill: #5ea2e8; } .conv { fill: #a0a0a0; } .maxpool { fill: #707070; }
  .neck { fill: #b48ade; } .head { fill: #3fb8d6; }
  .cost { fill: #e08a55; } .gain { fill: #5fc183; } .loss { fill: #f48771; }`;
