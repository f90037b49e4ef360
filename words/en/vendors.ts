export const vendors = {
  'error.staff.moderator': 'This person is an independent moderator of recommendations. Dismiss them from that first: nobody judges their own case.',
  'error.staff.notHere': 'This person does not work for the vendor now.',
} as const
