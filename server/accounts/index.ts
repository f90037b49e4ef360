export { endExpiredSessions, endOtherSessions, endSession, sessionList, startSession, viewerFromCookies } from './sessions'
export { handlesShown } from './seats'
