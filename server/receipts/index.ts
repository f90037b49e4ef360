export { expireReceipts, keepReceipt, keepReceiptsUnder, noteRefused } from './keeping'
export { kantaraFile, receiptFile, receiptOf, type ReceiptShown } from './reading'
export { checkInPublic, checkSigned, type Checked } from './verifying'
