export const communities = {
  'communities.mail.invitation.subject': 'You are invited to {community}',
  'communities.mail.invitation.text':
    '{inviter} (@{handle}) invites you to the community “{community}” on Parley.\n\nLook at it, and join if you like:\n{link}\n\nThe link works once, for {days, plural, one {a day} other {# days}}. If you do nothing, nothing happens, and nobody is told.',

  'error.slug': 'Small letters, digits and single hyphens, such as tern-mail.',
  'error.noSuchHandle': 'Nobody here has this handle.',
  'error.community.notMember': 'You are not a member of this community.',
  'error.community.alreadyMember': 'You are a member already.',
  'error.community.notOpen': 'This community is by invitation. Ask one of its moderators.',
  'error.community.suspendedHere': 'You are suspended from this community, so you cannot join it for now.',
  'error.community.memberAlready': 'Somebody with this address is a member already.',
  'error.community.otherProduct': 'This product belongs to another vendor than the host.',
  'error.membership.suspended': 'This person is suspended, so they cannot be let in. Lift the suspension first.',
  'error.membership.decidedAlready': 'This request was decided or withdrawn meanwhile. Look at how it stands now.',
  'error.membership.ownRequest': 'Nobody decides on their own request. Another moderator has to.',
  'error.invitation.over': 'This invitation was used, replaced or is too old. Ask whoever invited you for a new one.',
  'error.moderator.servesAVendor':
    'This person works for a vendor today. Independent moderators decide on recommendations, so nobody whom a vendor pays can be one.',
} as const
