/** PEM files with which a server speaks TLS. Clients of the tests trust `ca`. */
export interface TlsFiles {
  readonly ca: string
  readonly cert: string
  readonly key: string
}
