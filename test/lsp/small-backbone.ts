/** A backbone that a search has much to find for, and the budget that it is held to. */
export const SMALL = `backbone small {
  input 3 x 256 x 256
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 bottleneck(out: 64,  btn: 16, k: 3, s: 2) x 1
  stage C3 bottleneck(out: 128, btn: 32, k: 3, s: 2) x 1
  stage C4 bottleneck(out: 256, btn: 64, k: 3, s: 2) x 1
  stage C5 bottleneck(out: 512, btn: 96, k: 3, s: 2) x 1
}
budget laptop { macs <= 400M  layers <= 40 }
`;
