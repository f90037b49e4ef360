export { publishedKeys } from '~/server/platform/signing-keys'
export { globalPrivacyControl } from './global-privacy-control'
