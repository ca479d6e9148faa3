/**
 * Every message between client and server beside the Language Server Protocol itself. Clients that know none of them
 * still get everything by `workspace/executeCommand`, work-done progress and `workspace/applyEdit`.
 */
export * from './protocol/designs.ts';
export * from './protocol/exports.ts';
export type { OurNotification, OurRequest } from './protocol/message.ts';
export * from './protocol/models.ts';
export * from './protocol/searches.ts';
export * from './protocol/session.ts';
export * from './protocol/views.ts';
