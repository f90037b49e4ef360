export { inboxPage, markAllRead } from './inbox'
export { notifyWhoIsTold } from './notifying'
