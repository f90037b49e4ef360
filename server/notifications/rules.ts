/** Events on one thread that are this close together are one line. */
export const GROUP_MINUTES = 120
/** What happened on a thread joins into one line while it is unread; an accepted answer or a decision stands alone. */
export const JOINING_KINDS = ['question.answered', 'post.commented']
/** Beyond this the counter says “99+”. */
export const MOST_COUNTED = 100
