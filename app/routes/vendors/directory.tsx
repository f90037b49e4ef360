import { useLoaderData } from '@remix-run/react'
import { VendorList } from '~/app/components/vendors'
import { ButtonLink, Empty, PageHead, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { can } from '~/server/policy'
import { vendorDirectory } from '~/server/vendors'
import { say } from '~/words'
import { toBeFound } from '~/app/meta'
import type { MetaFunction } from '@remix-run/node'

export const loader = load(async ({ viewer }) => ({ vendors: await vendorDirectory(), mayAdd: can(viewer, 'vendor.create', null) }))

export const meta: MetaFunction = ({ matches }) => toBeFound({ matches, title: say('vendors.title'), path: paths.vendors() })

export default function VendorDirectoryScreen() {
  const { vendors, mayAdd } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        title={say('vendors.title')}
        lede={say('vendors.lede')}
        end={mayAdd && vendors.length > 0 ? <ButtonLink to={paths.newVendor()}>{say('operate.newVendor')}</ButtonLink> : null}
      />
      {vendors.length === 0 ? (
        <Empty
          title={say('vendors.none')}
          action={
            mayAdd ? (
              <ButtonLink variant="primary" to={paths.newVendor()}>
                {say('vendors.none.operator')}
              </ButtonLink>
            ) : null
          }
        >
          {say('vendors.none.why')}
        </Empty>
      ) : (
        <VendorList vendors={vendors} />
      )}
    </Wrap>
  )
}
