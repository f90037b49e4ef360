/** Every address of the site. */
export const paths = {
  home: () => '/',
  search: (query = '') => (query ? `/search?q=${encodeURIComponent(query)}` : '/search'),
  quickSearch: (query: string) => `/search/quick?q=${encodeURIComponent(query)}`,
  theme: () => '/theme',

  signUp: (next?: string) => withNext('/sign-up', next),
  signIn: (next?: string) => withNext('/sign-in', next),
  secondStep: (next?: string) => withNext('/sign-in/second-step', next),
  signOut: () => '/sign-out',
  confirmEmail: (token: string) => `/confirm-email/${token}`,
  confirmEmailAgain: (next?: string) => withNext('/confirm-email', next),
  forgotPassword: () => '/forgot-password',
  resetPassword: (token: string) => `/reset-password/${token}`,
  welcome: () => '/welcome',
  welcomeStep: (step: string | null) => (step ? `/welcome/${step}` : '/welcome'),
  skipWelcomeStep: (step: string) => `/welcome/${step}/skip`,
  changeEmail: () => '/me/account/email',
  confirmEmailChange: (token: string) => `/change-email/${token}`,
  undoEmailChange: (token: string) => `/undo-email/${token}`,
  notMe: (token: string) => `/not-me/${token}`,
  account: () => '/me/account',
  profile: () => '/me/profile',
  otherSessions: () => '/me/account/other-sessions',
  changePassword: () => '/me/account/password',
  setUpSecondStep: () => '/me/account/second-step',
  endSecondStep: () => '/me/account/second-step/end',
  recoveryCodes: () => '/me/account/recovery-codes',
  prove: (next?: string) => withNext('/me/account/proof', next),
  person: (handle: string) => `/people/${encodeURIComponent(handle)}`,
  block: (handle: string) => `/people/${encodeURIComponent(handle)}/block`,
  unblock: (handle: string) => `/people/${encodeURIComponent(handle)}/block/end`,
  blocked: () => '/me/blocked',
  notifications: () => '/me/notifications',
  notificationSettings: () => '/me/notifications/settings',
  checkAddress: () => '/me/account/address',
  addressWorks: (token: string) => `/address-works/${token}`,
  unsubscribe: (token: string) => `/unsubscribe/${token}`,
  subscribeAgain: (token: string) => `/unsubscribe/${token}/undo`,
  notice: (id: string) => `/me/notifications/${id}`,
  unread: () => '/me/notifications/unread',

  drafts: () => '/me/drafts',
  draft: (kind: string, subjectId: string) => `/me/drafts/${kind}/${subjectId}`,
  saveDraft: (kind: string, subjectId: string) => `/me/drafts/${kind}/${subjectId}/autosave`,
  discardDraft: (id: string) => `/drafts/${id}/discarding`,
  restoreDraft: (id: string) => `/drafts/${id}/discarding/undo`,
  chooseDraft: (id: string) => `/drafts/${id}/choice`,

  portalFeed: () => '/feed.atom',
  communityFeed: (slug: string) => `/c/${slug}/feed.atom`,
  threadFeed: (slug: string, number: number) => `/c/${slug}/${number}/feed.atom`,
  sitemap: (name?: string) => (name ? `/sitemaps/${name}` : '/sitemap.xml'),
  robots: () => '/robots.txt',

  communities: () => '/communities',
  community: (slug: string, view?: string) => `/c/${slug}${view ? `?view=${view}` : ''}`,
  tag: (slug: string, tag: string) => `/c/${slug}?tag=${encodeURIComponent(tag)}`,
  joinCommunity: (slug: string) => `/c/${slug}/membership`,
  leaveCommunity: (slug: string) => `/c/${slug}/membership/end`,
  withdrawRequest: (slug: string) => `/c/${slug}/membership/withdrawal`,
  sayProspect: (slug: string) => `/c/${slug}/membership/considering`,
  membershipRequests: (slug: string) => `/c/${slug}/requests`,
  membershipRequest: (slug: string, id: string) => `/c/${slug}/requests/${id}`,
  invitations: (slug: string) => `/c/${slug}/invitations`,
  invitation: (token: string) => `/invitations/${token}`,

  ask: (slug: string) => `/c/${slug}/ask`,
  checkFirst: (slug: string) => `/c/${slug}/ask/answers`,
  similar: (slug: string, title: string) => `/c/${slug}/similar?title=${encodeURIComponent(title)}`,
  answered: (slug: string, number: number) => `/c/${slug}/ask?answered=${number}`,
  answerFound: (number: number) => `/threads/${number}/answer-found`,
  askAnywhere: () => '/ask',
  thread: (slug: string, number: number, title?: string) => `/c/${slug}/${number}${title ? `/${slugOf(title)}` : ''}`,
  post: (slug: string, number: number, postId: string) => `/c/${slug}/${number}?post=${postId}#post-${postId}`,
  followThread: (number: number) => `/threads/${number}/following`,
  unfollowThread: (number: number) => `/threads/${number}/following/end`,
  editPost: (postId: string) => `/posts/${postId}/edit`,
  postHistory: (postId: string) => `/posts/${postId}/history`,
  restoreVersion: (postId: string) => `/posts/${postId}/history/restoration`,
  suggestEdit: (postId: string) => `/posts/${postId}/suggestion`,
  suggestion: (id: string) => `/suggestions/${id}`,
  acceptSuggestion: (id: string) => `/suggestions/${id}/acceptance`,
  withdrawSuggestion: (id: string) => `/suggestions/${id}/withdrawal`,
  duplicate: (number: number) => `/threads/${number}/duplicate`,
  endDuplicate: (number: number) => `/threads/${number}/duplicate/end`,
  merge: (number: number) => `/threads/${number}/merge`,
  confirmMerge: (number: number) => `/threads/${number}/merge/confirmation`,
  declineMerge: (number: number) => `/threads/${number}/merge/refusal`,
  undoMerge: (id: string) => `/merges/${id}/undo`,
  waiting: (slug: string, view?: string) => `/c/${slug}/waiting${view ? `?view=${view}` : ''}`,
  claimThread: (number: number) => `/threads/${number}/claim`,
  releaseThread: (number: number) => `/threads/${number}/claim/end`,
  merges: (slug: string) => `/c/${slug}/merges`,
  commentOn: (postId: string) => `/posts/${postId}/comments`,
  vote: (postId: string) => `/posts/${postId}/vote`,
  acceptance: (postId: string) => `/posts/${postId}/acceptance`,
  undoAcceptance: (postId: string) => `/posts/${postId}/acceptance/undo`,
  solution: (postId: string) => `/posts/${postId}/solution`,
  undoSolution: (postId: string) => `/posts/${postId}/solution/undo`,
  confirmation: (postId: string) => `/posts/${postId}/confirmation`,
  undoConfirmation: (postId: string) => `/posts/${postId}/confirmation/undo`,

  vendors: () => '/vendors',
  vendor: (slug: string) => `/vendors/${slug}`,
  recommend: (slug: string, product?: string) => `/vendors/${slug}/recommend${product ? `?product=${product}` : ''}`,
  recommendation: (id: string) => `/recommendations/${id}`,
  editRecommendation: (id: string) => `/recommendations/${id}/edit`,
  withdrawRecommendation: (id: string) => `/recommendations/${id}/withdrawal`,
  replyToRecommendation: (id: string) => `/recommendations/${id}/reply`,

  flag: (kind: 'post' | 'recommendation', id: string) => `/flags/${kind}/${id}`,
  communityQueue: (slug: string, item?: string) => `/c/${slug}/moderation${item ? `?item=${item}` : ''}`,
  recommendationQueue: (item?: string) => `/moderation${item ? `?item=${item}` : ''}`,
  decide: (kind: string, id: string) => `/moderation/${kind}/${id}`,
  suspend: (handle: string, community?: string) =>
    `/moderation/people/${encodeURIComponent(handle)}${community ? `?community=${community}` : ''}`,
  moderationLog: () => '/moderation/log',
  decision: (id: string) => `/moderation/log/${id}`,

  vault: () => '/me/vault',
  attribute: (key: string) => `/me/vault/${key}`,
  removeAttribute: (key: string) => `/me/vault/${key}/removal`,
  newGrant: (vendor?: string) => `/me/grants/new${vendor ? `?vendor=${vendor}` : ''}`,
  grant: (id: string) => `/me/grants/${id}`,
  revokeGrant: (id: string) => `/me/grants/${id}/revocation`,
  readings: () => '/me/readings',
  seenBy: (vendor: string) => `/me/seen-by/${vendor}`,
  exportVault: () => '/me/vault.json',

  myRelationships: () => '/me/relationships',
  myRelationship: (vendor: string) => `/me/relationships/${vendor}`,
  contest: (vendor: string) => `/me/relationships/${vendor}/contests`,
  confirmState: (vendor: string) => `/me/relationships/${vendor}/states`,
  relationships: (vendor: string) => `/vendors/${vendor}/people`,
  relationship: (id: string) => `/relationships/${id}`,
  addNote: (id: string) => `/relationships/${id}/notes`,
  nameOwner: (id: string) => `/relationships/${id}/owner`,
  addTask: (id: string) => `/relationships/${id}/tasks`,
  taskDone: (id: string, task: string) => `/relationships/${id}/tasks/${task}/done`,
  proposeState: (id: string) => `/relationships/${id}/states`,
  answerContest: (id: string, contest: string) => `/relationships/${id}/contests/${contest}`,

  operate: () => '/operate',
  newVendor: () => '/operate/vendors/new',
  operateVendor: (slug: string) => `/operate/vendors/${slug}`,
  newProduct: (slug: string) => `/operate/vendors/${slug}/products`,
  appointStaff: (slug: string) => `/operate/vendors/${slug}/staff`,
  dismissStaff: (slug: string) => `/operate/vendors/${slug}/staff/end`,
  defaultOwner: (slug: string) => `/operate/vendors/${slug}/owner`,
  newCommunity: () => '/operate/communities/new',
  operateCommunity: (slug: string) => `/operate/communities/${slug}`,
  communityModerators: (slug: string) => `/operate/communities/${slug}/moderators`,
  dismissCommunityModerator: (slug: string) => `/operate/communities/${slug}/moderators/end`,
  operateSecondStep: () => '/operate/second-step',
  endOperateSecondStep: () => '/operate/second-step/end',
  operateModerators: () => '/operate/moderators',
  dismissModerator: () => '/operate/moderators/end',

  devMailbox: () => '/dev/mailbox',
  devEvents: () => '/dev/events',
  devSignInAs: () => '/dev/sign-in-as',
  method: () => '/method',
}

function withNext(path: string, next?: string): string {
  return next && next !== '/' ? `${path}?next=${encodeURIComponent(next)}` : path
}

/** Only a path of this site is ever gone back to. */
export function safeNext(next: string | null | undefined, otherwise = '/'): string {
  if (!next || !next.startsWith('/') || next.startsWith('//') || next.includes('\\') || /[\x00-\x1f]/.test(next)) return otherwise
  return next
}

/** The readable tail of an address; nothing is ever looked up by it. */
export function slugOf(title: string): string {
  const slug = title
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '')
  return encodeURIComponent(slug || 'thread')
}
