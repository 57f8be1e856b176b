import { HEALTH_TENANT } from '../kernel/ids.ts'
import type { Documents } from '../storage/port.ts'

/** What is known of a tenant; `placement` says which document store holds its data, by an alias of the configuration. */
interface TenantRecord {
  readonly tenant: string
  readonly placement: { readonly documents: string }
  readonly createdMs: number
}

/** Tenants that exist here: those with data, and those named in the configuration, which are created. */
export async function openTenants(documents: Documents, names: readonly string[], nowMs: number): Promise<ReadonlySet<string>> {
  const known = new Set(await documents.tenants())
  // What probes of earlier runs left.
  if (known.delete(HEALTH_TENANT)) await documents.drop(HEALTH_TENANT)
  for (const tenant of names) {
    const existing = await documents.get(tenant, 'tenants', { id: tenant, n: 0 })
    if (existing === undefined) {
      const doc: TenantRecord = { tenant, placement: { documents: 'default' }, createdMs: nowMs }
      await documents.put(tenant, [{ collection: 'tenants', id: tenant, n: 0, doc }])
    }
    known.add(tenant)
  }
  return known
}
