/** Events on one thread that are this close together are one line. */
export const GROUP_MINUTES = 120
/** What happened on a thread joins into one line while it is unread; an accepted answer or a decision stands alone. */
export const JOINING_KINDS = ['question.answered', 'post.commented']
/** What is written in a private case joins too, until it is read there. */
export const JOINING_IN_CASES = ['case.messaged']
/** Beyond this the counter says “99+”. */
export const MOST_COUNTED = 100
/** A mail waits this long, and is not sent when it was read on the site meanwhile. */
export const WAIT_MINUTES = 10
/** A push is a tap on the shoulder: it comes soon, but not to somebody who is reading it here already. */
export const PUSH_WAIT_SECONDS = 60
/** Who has not come for this long gets no digest any more. */
export const ABSENT_DAYS = 180
/** Digests go out from this hour of the person's own day. */
export const DIGEST_HOUR = 8
/** Replies by mail are taken for this long after the mail. */
export const REPLY_DAYS = 90
