/** The door to the extension. VS Code gives each page exactly one. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

export interface Host<From> {
  /** Tells the extension what was pressed. */
  send(message: From): void;
  /** Kept by VS Code over a reload of the window, and handed to the extension then. */
  keep(state: unknown): void;
}

/** Listens to the extension; only it can post to this page. */
export function connect<From, To>(receive: (message: To) => void): Host<From> {
  const api = acquireVsCodeApi();
  window.addEventListener('message', (event: MessageEvent<To>) => receive(event.data));
  return {
    send: (message) => api.postMessage(message),
    keep: (state) => api.setState(state),
  };
}
