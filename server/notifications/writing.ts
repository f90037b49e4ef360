import { hearRefusals, mailIsWritten } from '~/server/platform/mail'
import { troubleWith } from './bouncing'
import { writeDigest } from './digest'
import { writeNotification } from './letters'

/** Says who writes the mails that wait. Once, at start. */
export function beginMail() {
  mailIsWritten('notification', writeNotification)
  mailIsWritten('digest', writeDigest)
  hearRefusals((address) => troubleWith(address, 'hard'))
}
