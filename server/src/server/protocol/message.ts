/**
 * A request of our own: its method, with what is sent and what is answered. Client and server depend on different releases
 * of the JSON-RPC library, whose message classes do not mix; so this is a class of neither, and each side has one
 * function that sends it and one that receives it.
 */
export interface OurRequest<P, R> {
  readonly method: string;
  /** Never there: it holds the two types. */
  readonly types?: (params: P) => R;
}

/** A notification of our own, with what is sent. */
export interface OurNotification<P> {
  readonly method: string;
  /** Never there: it holds the type, and says that nothing is answered. */
  readonly types?: (params: P) => undefined;
}

export const ourRequest = <P, R>(method: `mae/${string}`): OurRequest<P, R> => ({ method });

export const ourNotification = <P>(method: `mae/${string}`): OurNotification<P> => ({ method });
