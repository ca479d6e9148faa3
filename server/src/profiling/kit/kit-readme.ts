import type { Kit } from './kit.ts';

/** What a person reads who has the folder on a device and nothing else. */
export function kitReadme({ models }: Kit): string {
  const networks = models.filter(({ kind }) => kind === 'network').length;
  return `# A kit that profiles a device

${models.length} small ONNX models: ${models.length - networks} operators and ${networks} whole networks, with random weights, for one image. Timing all of
them tells how long any design takes on this device.

1. Copy this folder to the device.
2. Run one of these there, with nothing else running and the device at its usual temperature and power mode:

| runtime | command | needs |
|---|---|---|
| onnxruntime | \`python3 run.py [--threads N] [--provider NAME] [--device NAME]\` | Python with \`onnxruntime\` and \`numpy\` |
| TensorRT | \`sh run.sh trtexec [DEVICE]\` | \`trtexec\` |
| ncnn | \`sh run.sh ncnn [DEVICE]\` | \`benchncnn\`, \`pnnx\` |
| TFLite | \`sh run.sh tflite [DEVICE]\` | \`benchmark_model\`, \`onnx2tf\` |

   Where a converter is not to be had on the device, run it elsewhere: \`run.sh\` takes \`models/NAME.ncnn.param\` and
   \`models/NAME.tf/*float32.tflite\` that are there already.
3. Both write \`results.csv\` and \`device.json\`. They can be stopped and started again. Copy the two back into this folder.
4. \`mae profile --from FOLDER --out NAME.maeprofile.json\`

Between the models the first network is timed again and again: where a device slows down as it gets warm, that is taken off, and
how much its times differ is written into the profile. Half of the networks calibrate the profile, the other half say how good it
is. \`results.csv\` may be written by any other program too: \`file,ms,spread,runs\`, a line for each model of \`kit.json\`.
`;
}
