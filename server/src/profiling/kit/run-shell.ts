/** What times the models of a kit with the benchmark program of another runtime, by nothing but a shell, sed and awk. */
export const RUN_SHELL = `#!/bin/sh
# Times every model of this folder with the benchmark program of a runtime and writes results.csv and device.json.
#
#     sh run.sh trtexec [DEVICE]     TensorRT, on a Jetson or another GPU
#     sh run.sh ncnn [DEVICE]        benchncnn, and pnnx, which turns ONNX into ncnn's own files
#     sh run.sh tflite [DEVICE]      benchmark_model, and onnx2tf, which turns ONNX into TFLite files
#
# The programs are looked for on the PATH; TRTEXEC, BENCHNCNN, PNNX, BENCHMARK_MODEL and ONNX2TF name others.
# THREADS is 1 where it is not said. Models that have a line in results.csv already are left out.
set -u
cd "$(dirname "$0")" || exit 1
tool=\${1:-}
device=\${2:-$(uname -m)}
threads=\${THREADS:-1}
every=10

# Milliseconds of one model, or nothing where the program said none.
timed() {
  case $tool in
    trtexec)
      "\${TRTEXEC:-trtexec}" --onnx="$1" --noDataTransfers --useSpinWait --warmUp=200 --duration=1 2>&1 |
        sed -n 's/.*GPU Compute Time:.*median[ =]*\\([0-9.]*\\) ms.*/\\1/p' | tail -n 1
      ;;
    ncnn)
      base=\${1%.onnx}
      shape=$(awk -F, -v file="$1" '$1 == file { print $2 "," $3 "," $4 }' shapes.csv)
      channels=\${shape%%,*}; rest=\${shape#*,}; height=\${rest%%,*}; width=\${rest#*,}
      [ -f "$base.ncnn.param" ] || "\${PNNX:-pnnx}" "$1" "inputshape=[1,$channels,$height,$width]" >/dev/null 2>&1
      "\${BENCHNCNN:-benchncnn}" 20 "$threads" 0 -1 0 "param=$base.ncnn.param" "shape=[$width,$height,$channels]" 2>&1 |
        sed -n 's/.*min *= *\\([0-9.]*\\) .*avg.*/\\1/p' | tail -n 1
      ;;
    tflite)
      base=\${1%.onnx}
      [ -d "$base.tf" ] || "\${ONNX2TF:-onnx2tf}" -i "$1" -o "$base.tf" >/dev/null 2>&1
      graph=$(ls "$base.tf"/*float32.tflite 2>/dev/null | head -n 1)
      "\${BENCHMARK_MODEL:-benchmark_model}" "--graph=$graph" "--num_threads=$threads" --min_secs=0.3 2>&1 |
        sed -n 's/.*Inference (avg): *\\([0-9.e+]*\\).*/\\1/p' | tail -n 1 | awk '{ print $1 / 1000 }'
      ;;
  esac
}

case $tool in
  trtexec) runtime=TensorRT; version=$("\${TRTEXEC:-trtexec}" 2>&1 | sed -n 's/.*TensorRT version: *\\([0-9.]*\\).*/\\1/p; s/.*TensorRT v\\([0-9]*\\).*/\\1/p' | head -n 1) ;;
  ncnn) runtime=ncnn; version= ;;
  tflite) runtime=TFLite; version= ;;
  *) sed -n '2,10p' "$0"; exit 2 ;;
esac

[ -f results.csv ] || echo 'file,ms,spread,runs' > results.csv
reference=$(sed -n 's/.*"reference": *"\\([^"]*\\)".*/\\1/p' kit.json)
count=0
failed=0
total=$(wc -l < shapes.csv)
write() {
  ms=$(timed "$1")
  if [ -n "$ms" ]; then echo "$1,$ms,0,1" >> results.csv; else failed=$((failed + 1)); echo "$1 gave no time" >&2; fi
}
while IFS=, read -r file _; do
  grep -q "^$file," results.csv && continue
  [ $((count % every)) -eq 0 ] && write "$reference" < /dev/null
  write "$file" < /dev/null
  count=$((count + 1))
  echo "$count of at most $total: $file $ms ms"
done < shapes.csv
write "$reference" < /dev/null

quantile=0.5
[ "$tool" = ncnn ] && quantile=0
cat > device.json <<END
{
  "device": "$device",
  "runtime": { "name": "$runtime", "version": "\${version:-unknown}" },
  "threads": $threads,
  "clock": "wall",
  "quantile": $quantile,
  "warmUps": 1,
  "date": "$(date +%Y-%m-%d)"
}
END
echo "Done, $failed without a time: take results.csv and device.json back to where the kit was written."
`;
