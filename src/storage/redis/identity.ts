/** What tells one engine, in one state of its history, from another. */
export interface Identity {
  readonly runId: string
  readonly replicationId: string
}

export function identityOf(info: string): Identity {
  return { runId: infoField(info, 'run_id'), replicationId: infoField(info, 'master_replid') }
}

/** Empty when the server does not tell. */
export function infoField(info: string, name: string): string {
  return new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? ''
}
