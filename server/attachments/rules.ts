/** A screenshot of a whole screen, a log of a day, a scanned contract. */
export const LARGEST_FILE_BYTES = 10 * 1024 * 1024
export const LARGEST_FILE_MEGABYTES = 10
/** More than this belongs in an archive. */
export const MOST_FILES = 10
/** As alternative texts should be: a sentence or two. */
export const LONGEST_DESCRIPTION = 300
/** So many pages or pictures show that somebody uses something. */
export const MOST_EVIDENCE = 3
/** What a picture may unfold to, all frames together: a large camera, and far below what would fill the memory. */
export const MOST_PIXELS = 50_000_000
export const MOST_FRAMES = 200
/** Longer than any screen. */
export const LONGEST_SIDE = 4096
/** Twice the width of a column of text on a phone, and enough for one on a desk. */
export const SMALL_WIDTH = 960
/** What was uploaded and not posted, where no draft waits for it. */
export const UNUSED_KEPT_HOURS = 48
/** A file without a row may be one that is being written just now. */
export const STRAY_AFTER_HOURS = 24
