export { appointDelegate, endAllAfterTheft, endDelegate } from './appointing'
export { delegatesDoor } from './door'
export { delegatesPage, lastUses, newDelegatePage, type UseShown, type WishShown } from './reading'
export { confirmWish, declineWish, forgetWishes } from './wishes'
