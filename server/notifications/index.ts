export { inboxPage, openNotice, type About, type Notice } from './inbox'
export { notifyWhoIsTold } from './notifying'
export { markAllRead, markRead, markThreadRead, unreadCount } from './reading'
