export { BASES } from '~/db/kinds'
