/** The binary that tfjs asks for wherever SIMD is: in every Node that we support, and in every browser of VS Code. */
export const WASM_FILE = 'tfjs-backend-wasm-simd.wasm';
